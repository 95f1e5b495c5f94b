// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/event_file.h"

#include <array>
#include <bit>

namespace rest::interchange {
namespace {

// Wire types of protocol buffers.
constexpr uint64_t kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5;

std::string varint(uint64_t value) {
    std::string out;
    for (; value >= 0x80U; value >>= 7U) out += static_cast<char>(value | 0x80U);
    return out += static_cast<char>(value);
}

template <class Number>
std::string little_endian(Number number) {
    std::string out;
    for (size_t i = 0; i < sizeof(Number); ++i) out += static_cast<char>(number >> (8 * i));
    return out;
}

std::string key(uint64_t field, uint64_t wire) {
    return varint(field << 3U | wire);
}
std::string integer_field(uint64_t field, int64_t value) {
    return key(field, kVarint) + varint(static_cast<uint64_t>(value));
}
std::string double_field(uint64_t field, double value) {
    return key(field, kFixed64) + little_endian(std::bit_cast<uint64_t>(value));
}
std::string float_field(uint64_t field, float value) {
    return key(field, kFixed32) + little_endian(std::bit_cast<uint32_t>(value));
}
std::string bytes_field(uint64_t field, std::string_view value) {
    return key(field, kBytes) + varint(value.size()) + std::string(value);
}

constexpr std::array<uint32_t, 256> make_crc_table() {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < 256; ++i) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (0x82F63B78U & (0U - (crc & 1U)));
        table[i] = crc;
    }
    return table;
}
constexpr auto kCrcTable = make_crc_table();

/// TFRecord rotates and offsets checksums, so that one over data that holds checksums stays useful.
uint32_t masked_crc(std::string_view bytes) {
    return std::rotr(crc32c(bytes), 15) + 0xA282EAD8U;
}

// Fields of tensorflow.Event, Summary, Summary.Value, SummaryMetadata and TensorProto.
enum Event : uint8_t { kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5 };
enum Value : uint8_t { kTag = 1, kSimpleValue = 2, kTensor = 8, kMetadata = 9 };

}  // namespace

uint32_t crc32c(std::string_view bytes) {
    uint32_t crc = 0xFFFFFFFFU;
    for (const char c : bytes) crc = crc >> 8U ^ kCrcTable[(crc ^ static_cast<uint8_t>(c)) & 0xFFU];
    return ~crc;
}

EventFile::EventFile(double wall_time) : wall_time_(wall_time) {
    add_event(bytes_field(kFileVersion, "brain.Event:2"));
}

void EventFile::add_scalar(std::string_view tag, int64_t step, double value) {
    const auto entry = bytes_field(kTag, tag) + float_field(kSimpleValue, static_cast<float>(value));
    add_event(integer_field(kStep, step) + bytes_field(kSummary, bytes_field(1, entry)));
}

void EventFile::add_text(std::string_view tag, std::string_view markdown) {
    const auto metadata = bytes_field(1, bytes_field(1, "text"));                // plugin_data.plugin_name
    const auto shape = bytes_field(2, bytes_field(2, integer_field(1, 1)));      // tensor_shape.dim.size
    const auto tensor = integer_field(1, 7) + shape + bytes_field(8, markdown);  // DT_STRING, string_val
    const auto entry = bytes_field(kTag, tag) + bytes_field(kTensor, tensor) + bytes_field(kMetadata, metadata);
    add_event(bytes_field(kSummary, bytes_field(1, entry)));
}

void EventFile::add_event(std::string_view rest) {
    const auto event = double_field(kWallTime, wall_time_) + std::string(rest);
    const auto length = little_endian(static_cast<uint64_t>(event.size()));
    bytes_ += length + little_endian(masked_crc(length)) + event + little_endian(masked_crc(event));
}

}  // namespace rest::interchange
