// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/cache_entry.h"

#include <array>
#include <cstring>

extern "C" {
#include <libavutil/crc.h>
#include <libavutil/md5.h>
}

namespace rest::media {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "REST frames 2\n";  // version of the format and of the frame rules

uint32_t checksum(std::string_view bytes) {
    return av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), 0, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

void put_number(std::string& out, uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift & 0xff);
}

void put_text(std::string& out, std::string_view text) {
    put_number(out, static_cast<uint32_t>(text.size()));
    out += text;
}

/// Splits parts off the front of `rest`; after a failure everything is empty.
struct Parser {
    std::string_view rest;
    bool failed = false;

    std::string_view take(size_t size) {
        failed = failed || size > rest.size();
        if (failed) return {};
        const std::string_view part = rest.substr(0, size);
        rest.remove_prefix(size);
        return part;
    }
    uint32_t number() {
        uint32_t value = 0;
        int shift = 0;
        for (const char byte : take(4)) {
            value |= static_cast<uint32_t>(static_cast<uint8_t>(byte)) << shift;
            shift += 8;
        }
        return value;
    }
    std::string_view text() { return take(number()); }
};

}  // namespace

std::optional<CacheKey> cache_key(const fs::path& video, const FrameCacheSettings& settings) {
    std::error_code error;
    const fs::path whole = fs::absolute(video, error).lexically_normal();
    const auto size = fs::file_size(whole, error);
    if (error) return std::nullopt;
    const auto changed = fs::last_write_time(whole, error).time_since_epoch().count();
    if (error) return std::nullopt;
    CacheKey key;
    key.identity = whole.string() + '\n' + std::to_string(settings.samples) + ' ' +
                   std::to_string(settings.short_side) + ' ' + std::to_string(settings.jpeg_quality);
    key.state = std::to_string(size) + ' ' + std::to_string(changed);
    return key;
}

fs::path cache_path(const fs::path& folder, const CacheKey& key) {
    std::array<uint8_t, 16> digest{};
    av_md5_sum(digest.data(), reinterpret_cast<const uint8_t*>(key.identity.data()), key.identity.size());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string name;
    for (const uint8_t byte : digest) {
        name += digits[byte >> 4];
        name += digits[byte & 15];
    }
    return folder / name.substr(0, 2) / name.substr(2, 2) / (name.substr(4) + ".frames");
}

std::string pack_entry(const CacheKey& key, const std::vector<std::vector<uint8_t>>& jpegs) {
    std::string body;
    put_text(body, key.identity);
    put_text(body, key.state);
    put_number(body, static_cast<uint32_t>(jpegs.size()));
    for (const auto& jpeg : jpegs) put_text(body, {reinterpret_cast<const char*>(jpeg.data()), jpeg.size()});
    std::string bytes(kMagic);
    put_number(bytes, checksum(body));
    return bytes + body;
}

std::optional<std::vector<std::span<const uint8_t>>> unpack_entry(std::string_view bytes, const CacheKey& key) {
    Parser parser{bytes};
    if (parser.take(kMagic.size()) != kMagic) return std::nullopt;
    const uint32_t sum = parser.number();
    if (parser.failed || sum != checksum(parser.rest)) return std::nullopt;
    if (parser.text() != key.identity || parser.text() != key.state) return std::nullopt;
    const uint32_t count = parser.number();
    std::vector<std::span<const uint8_t>> jpegs;
    for (uint32_t i = 0; i < count && !parser.failed; ++i) {
        const std::string_view jpeg = parser.text();
        jpegs.emplace_back(reinterpret_cast<const uint8_t*>(jpeg.data()), jpeg.size());
    }
    if (parser.failed || !parser.rest.empty()) return std::nullopt;
    return jpegs;
}

}  // namespace rest::media
