// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rest::checkpoint {

/// The dtypes that we read from checkpoints.
enum class NumberType { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };

/// Bytes of one element.
uint64_t size_of(NumberType type);

/// By the names that safetensors files use: "F32", "BF16", "BOOL".
std::optional<NumberType> number_type_of_safetensors(std::string_view name);
const char* safetensors_name(NumberType type);
/// A storage class that pickles name ("FloatStorage", "QInt8Storage"): its dtype, empty for those that we do not read,
/// and its element size, 1 for an unknown class.
struct StorageKind {
    std::optional<NumberType> type;
    uint64_t bytes = 1;
};
StorageKind storage_kind(std::string_view storage_class);

}  // namespace rest::checkpoint
