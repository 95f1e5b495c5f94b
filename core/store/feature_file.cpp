// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/feature_file.h"

#include <bit>
#include <cstring>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"

namespace rest::store {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "feature files are little-endian");

/// Precedes the key and the values.
struct Header {
    char magic[8] = {'R', 'E', 'S', 'T', 'F', 'E', 'A', 'T'};
    uint32_t version = 1;
    uint32_t key_bytes = 0;
    int64_t rows = 0;
    int64_t cols = 0;
    uint64_t checksum = 0;  // of the values
};
static_assert(sizeof(Header) == 40);

constexpr int64_t kMostValues = int64_t{1} << 40;

/// FNV-1a over whole floats: detects a flipped bit, fast enough for gigabytes.
uint64_t checksum(const std::vector<float>& values) {
    uint64_t sum = 14695981039346656037u;
    for (const float value : values) sum = (sum ^ std::bit_cast<uint32_t>(value)) * 1099511628211u;
    return sum;
}

bool plausible(const Header& found, std::string_view key, uintmax_t file_bytes) {
    const Header expected;
    if (std::memcmp(found.magic, expected.magic, sizeof found.magic) != 0 || found.version != expected.version)
        return false;
    if (found.key_bytes != key.size() || found.rows < 0 || found.cols < 0) return false;
    if (found.cols > 0 && found.rows > kMostValues / found.cols) return false;
    return file_bytes == sizeof(Header) + key.size() + static_cast<uintmax_t>(found.rows * found.cols) * sizeof(float);
}

}  // namespace

void write_features(const fs::path& path, const Matrix& features, std::string_view key) {
    if (features.rows * features.cols != static_cast<int64_t>(features.values.size())) {
        throw Error(ErrorCode::invalid_argument, "Features for " + path.string() + " are not the size they claim");
    }
    if (path.has_parent_path()) make_folder(path.parent_path());
    Header header;
    header.key_bytes = static_cast<uint32_t>(key.size());
    header.rows = features.rows;
    header.cols = features.cols;
    header.checksum = checksum(features.values);
    write_file_atomically(path, [&](std::ostream& out) {
        out.write(reinterpret_cast<const char*>(&header), sizeof header);
        out.write(key.data(), static_cast<std::streamsize>(key.size()));
        out.write(reinterpret_cast<const char*>(features.values.data()),
                  static_cast<std::streamsize>(features.values.size() * sizeof(float)));
    });
}

std::optional<Matrix> read_features(const fs::path& path, std::string_view key) {
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    Header header;
    if (error || !in.read(reinterpret_cast<char*>(&header), sizeof header)) return std::nullopt;
    if (!plausible(header, key, bytes)) return std::nullopt;
    std::string found_key(key.size(), '\0');
    if (!in.read(found_key.data(), static_cast<std::streamsize>(found_key.size())) || found_key != key)
        return std::nullopt;
    Matrix features(header.rows, header.cols);
    const auto size = static_cast<std::streamsize>(features.values.size() * sizeof(float));
    if (!in.read(reinterpret_cast<char*>(features.values.data()), size)) return std::nullopt;
    if (checksum(features.values) != header.checksum) return std::nullopt;
    return features;
}

}  // namespace rest::store
