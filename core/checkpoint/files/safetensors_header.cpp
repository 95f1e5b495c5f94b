// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/safetensors_header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "core/base/error.h"
#include "core/checkpoint/files/damaged.h"
#include "core/checkpoint/files/safetensors_json.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kHeaderLimit = 100'000'000;

[[noreturn]] void damaged_tensor(const fs::path& path, const std::string& tensor, const std::string& what) {
    damaged(path, "tensor \"" + tensor + "\" " + what);
}

/// Number of elements of that shape, empty if a product overflows. Zeros are left out of the check, since Torch
/// multiplies the other sizes into strides.
std::optional<uint64_t> count_elements(const std::vector<int64_t>& shape) {
    uint64_t product = 1;
    bool empty = false;
    for (const int64_t size : shape) {
        empty = empty || size == 0;
        const auto factor = static_cast<uint64_t>(std::max<int64_t>(size, 1));
        if (product > (uint64_t{1} << 60) / factor) return std::nullopt;
        product *= factor;
    }
    return empty ? 0 : product;
}

void check_size(const SafetensorsEntry& entry, const fs::path& path) {
    const auto elements = count_elements(entry.shape);
    if (!elements) damaged_tensor(path, entry.name, "has a shape whose product overflows");
    const uint64_t bytes = *elements * size_of(entry.type);
    if (entry.end < entry.begin || entry.end - entry.begin != bytes) {
        damaged_tensor(path, entry.name,
                       "needs " + std::to_string(bytes) + " bytes and its offsets are [" + std::to_string(entry.begin) +
                           ", " + std::to_string(entry.end) + "]");
    }
}

void check_names(const std::vector<SafetensorsEntry>& entries, const fs::path& path) {
    std::unordered_set<std::string_view> names;
    for (const auto& entry : entries) {
        if (!names.insert(entry.name).second) damaged_tensor(path, entry.name, "is there twice");
    }
}

/// Offsets must tile the data exactly: no overlap, no gap, nothing after the last.
void check_tiling(const std::vector<SafetensorsEntry>& entries, uint64_t bytes, const fs::path& path) {
    uint64_t at = 0;
    for (const auto& entry : entries) {
        if (entry.end > bytes) {
            damaged_tensor(path, entry.name,
                           "ends at byte " + std::to_string(entry.end) + " of " + std::to_string(bytes) +
                               ": the file is cut short");
        }
        if (entry.begin < at) damaged_tensor(path, entry.name, "overlaps the tensor before it");
        if (entry.begin > at) damaged_tensor(path, entry.name, "leaves a gap before it");
        at = entry.end;
    }
    if (at != bytes) damaged(path, std::to_string(bytes - at) + " bytes follow the last tensor");
}

uint64_t read_header_size(std::istream& in, uint64_t file_size, const fs::path& path) {
    if (file_size < 8) damaged(path, "it has " + std::to_string(file_size) + " bytes, fewer than any safetensors file");
    std::array<unsigned char, 8> raw{};
    in.read(reinterpret_cast<char*>(raw.data()), raw.size());
    uint64_t size = 0;
    for (size_t i = raw.size(); i-- > 0;) size = size << 8 | raw[i];
    if (size > kHeaderLimit) {
        damaged(path, "its header would have " + std::to_string(size) + " bytes, more than the 100 MB allowed");
    }
    if (size > file_size - 8) damaged(path, "its header is cut short");
    return size;
}

}  // namespace

std::vector<SafetensorsEntry> read_safetensors_header(std::istream& in, uint64_t file_size, const fs::path& path) {
    const uint64_t size = read_header_size(in, file_size, path);
    std::string text(size, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in) throw Error(ErrorCode::io, "Cannot read the header of " + path.string());

    auto entries = parse_safetensors_json(text, path);
    check_names(entries, path);
    for (const auto& entry : entries) check_size(entry, path);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    check_tiling(entries, file_size - 8 - size, path);
    return entries;
}

}  // namespace rest::checkpoint
