// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/byte_symbols.h"

#include <algorithm>
#include <unordered_map>

#include "core/text/unicode.h"

namespace rest::text {
namespace {

bool prints(int byte) {
    return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
}

std::array<char32_t, 256> code_points() {
    std::array<char32_t, 256> out{};
    char32_t stand_in = 0x100;
    for (int byte = 0; byte < 256; ++byte) out[byte] = prints(byte) ? static_cast<char32_t>(byte) : stand_in++;
    return out;
}

std::array<std::string, 256> make_symbols() {
    std::array<std::string, 256> out;
    const auto points = code_points();
    for (size_t byte = 0; byte < 256; ++byte) unicode::append(out[byte], points[byte]);
    return out;
}

std::array<unsigned char, 256> make_order() {
    std::array<unsigned char, 256> out{};
    for (size_t byte = 0; byte < 256; ++byte) out[byte] = static_cast<unsigned char>(byte);
    std::stable_partition(out.begin(), out.end(), [](unsigned char byte) { return prints(byte); });
    return out;
}

std::unordered_map<char32_t, char> make_inverse() {
    std::unordered_map<char32_t, char> out;
    const auto points = code_points();
    for (size_t byte = 0; byte < 256; ++byte) out.emplace(points[byte], static_cast<char>(byte));
    return out;
}

}  // namespace

const std::array<std::string, 256>& byte_symbols() {
    static const auto symbols = make_symbols();
    return symbols;
}

const std::array<unsigned char, 256>& bytes_in_vocabulary_order() {
    static const auto order = make_order();
    return order;
}

std::optional<std::string> bytes_of_symbols(std::string_view token) {
    static const auto inverse = make_inverse();
    std::string out;
    for (size_t position = 0; position < token.size();) {
        const auto byte = inverse.find(unicode::next(token, position));
        if (byte == inverse.end()) return std::nullopt;
        out += byte->second;
    }
    return out;
}

}  // namespace rest::text
