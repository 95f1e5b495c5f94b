// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/number_type.h"

#include <array>
#include <utility>

namespace rest::checkpoint {
namespace {

struct Row {
    NumberType type;
    uint64_t bytes;
    const char* safetensors;
    const char* storage;
};

/// In the order of the enum.
constexpr std::array<Row, 10> kRows{{{NumberType::f64, 8, "F64", "DoubleStorage"},
                                     {NumberType::f32, 4, "F32", "FloatStorage"},
                                     {NumberType::f16, 2, "F16", "HalfStorage"},
                                     {NumberType::bf16, 2, "BF16", "BFloat16Storage"},
                                     {NumberType::i64, 8, "I64", "LongStorage"},
                                     {NumberType::i32, 4, "I32", "IntStorage"},
                                     {NumberType::i16, 2, "I16", "ShortStorage"},
                                     {NumberType::i8, 1, "I8", "CharStorage"},
                                     {NumberType::u8, 1, "U8", "ByteStorage"},
                                     {NumberType::boolean, 1, "BOOL", "BoolStorage"}}};

std::optional<NumberType> find(const char* Row::*column, std::string_view name) {
    for (const Row& row : kRows) {
        if (name == row.*column) return row.type;
    }
    return std::nullopt;
}

const Row& row_of(NumberType type) {
    return kRows[static_cast<size_t>(type)];
}

}  // namespace

uint64_t size_of(NumberType type) {
    return row_of(type).bytes;
}

std::optional<NumberType> number_type_of_safetensors(std::string_view name) {
    return find(&Row::safetensors, name);
}

const char* safetensors_name(NumberType type) {
    return row_of(type).safetensors;
}

StorageKind storage_kind(std::string_view storage_class) {
    constexpr std::array<std::pair<std::string_view, uint64_t>, 3> kUnread{
        {{"ComplexDoubleStorage", 16}, {"ComplexFloatStorage", 8}, {"QInt32Storage", 4}}};  // the others have one byte
    if (const auto type = find(&Row::storage, storage_class)) return {type, size_of(*type)};
    for (const auto& [name, bytes] : kUnread) {
        if (name == storage_class) return {std::nullopt, bytes};
    }
    return {};
}

}  // namespace rest::checkpoint
