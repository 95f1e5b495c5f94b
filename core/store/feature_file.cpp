// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/feature_file.h"

#include <algorithm>
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

constexpr uint64_t kNoValues = 14695981039346656037u;

/// FNV-1a over whole floats: detects a flipped bit, fast enough for gigabytes. Continues from the sum so far.
uint64_t checksum(std::span<const float> values, uint64_t sum = kNoValues) {
    for (const float value : values) sum = (sum ^ std::bit_cast<uint32_t>(value)) * 1099511628211u;
    return sum;
}

bool plausible(const Header& found, uintmax_t file_bytes) {
    const Header expected;
    if (std::memcmp(found.magic, expected.magic, sizeof found.magic) != 0 || found.version != expected.version)
        return false;
    if (found.rows < 0 || found.cols < 0) return false;
    if (found.cols > 0 && found.rows > kMostValues / found.cols) return false;
    return file_bytes ==
           sizeof(Header) + found.key_bytes + static_cast<uintmax_t>(found.rows * found.cols) * sizeof(float);
}

/// Leaves `in` at the first value.
std::optional<Header> read_header(std::ifstream& in, const fs::path& path, std::string& key) {
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    Header header;
    if (error || !in.read(reinterpret_cast<char*>(&header), sizeof header) || !plausible(header, bytes))
        return std::nullopt;
    key.resize(header.key_bytes);
    if (!in.read(key.data(), static_cast<std::streamsize>(key.size()))) return std::nullopt;
    return header;
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
    std::ifstream in(path, std::ios::binary);
    std::string found_key;
    const auto header = read_header(in, path, found_key);
    if (!header || found_key != key) return std::nullopt;
    Matrix features(header->rows, header->cols);
    const auto size = static_cast<std::streamsize>(features.values.size() * sizeof(float));
    if (!in.read(reinterpret_cast<char*>(features.values.data()), size)) return std::nullopt;
    if (checksum(features.values) != header->checksum) return std::nullopt;
    return features;
}

std::optional<FeatureScan> FeatureScan::open(const fs::path& path) {
    FeatureScan scan;
    scan.in_.open(path, std::ios::binary);
    const auto header = read_header(scan.in_, path, scan.key_);
    if (!header) return std::nullopt;
    scan.rows_ = header->rows;
    scan.cols_ = header->cols;
    scan.checksum_ = header->checksum;
    return scan;
}

std::vector<float> FeatureScan::row(int64_t i) {
    std::vector<float> values(static_cast<size_t>(cols_));
    const auto bytes = static_cast<std::streamsize>(values.size() * sizeof(float));
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(sizeof(Header) + key_.size()) + i * bytes);
    if (!in_.read(reinterpret_cast<char*>(values.data()), bytes)) values.clear();
    return values;
}

bool FeatureScan::visit(const std::function<void(int64_t i, std::span<const float> row)>& visit) {
    constexpr int64_t kValuesAtOnce = 1 << 18;
    const int64_t at_once = std::max<int64_t>(1, kValuesAtOnce / std::max<int64_t>(1, cols_));
    std::vector<float> block;
    uint64_t sum = kNoValues;
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(sizeof(Header) + key_.size()));
    for (int64_t first = 0; first < rows_; first += at_once) {
        const int64_t count = std::min(at_once, rows_ - first);
        block.resize(static_cast<size_t>(count * cols_));
        const auto bytes = static_cast<std::streamsize>(block.size() * sizeof(float));
        if (!in_.read(reinterpret_cast<char*>(block.data()), bytes)) return false;
        sum = checksum(block, sum);
        for (int64_t i = 0; i < count; ++i)
            visit(first + i, std::span(block).subspan(static_cast<size_t>(i * cols_), static_cast<size_t>(cols_)));
    }
    return sum == checksum_;
}

}  // namespace rest::store
