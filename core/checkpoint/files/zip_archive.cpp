// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/zip_archive.h"

#include <algorithm>
#include <string_view>

#include "core/base/error.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kLocal = 0x04034b50, kCentral = 0x02014b50, kEnd = 0x06054b50;
constexpr uint32_t kEnd64 = 0x06064b50, kLocator64 = 0x07064b50;
constexpr uint64_t kLocalSize = 30, kCentralSize = 46, kEndSize = 22, kEnd64Size = 56, kLocatorSize = 20;
constexpr uint64_t kLongestComment = 0xffff;
constexpr uint64_t kDirectoryLimit = uint64_t{1} << 28;
constexpr uint32_t kIn64 = 0xffffffff;  // see the zip64 field

/// Little-endian integer of `bytes` bytes at `at`; the caller has checked the range.
uint64_t number(std::string_view data, size_t at, int bytes) {
    uint64_t value = 0;
    for (int i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(data[at + i]);
    return value;
}

/// Replaces sizes and offset by the 64-bit values of the zip64 extra field where marked so. False if these are absent.
bool widen(std::string_view extra, uint64_t& plain, uint64_t& packed, uint64_t& header) {
    if (plain != kIn64 && packed != kIn64 && header != kIn64) return true;
    for (size_t at = 0; at + 4 <= extra.size();) {
        const auto id = number(extra, at, 2);
        const auto size = number(extra, at + 2, 2);
        if (size > extra.size() - at - 4) return false;
        if (id == 1) {
            const auto field = extra.substr(at + 4, size);
            size_t next = 0;
            for (uint64_t* value : {&plain, &packed, &header}) {
                if (*value != kIn64) continue;
                if (next + 8 > field.size()) return false;
                *value = number(field, next, 8);
                next += 8;
            }
            return true;
        }
        at += 4 + size;
    }
    return false;
}

}  // namespace

ZipArchive::ZipArchive(const fs::path& path) : path_(path), in_(path, std::ios::binary) {
    std::error_code error;
    file_size_ = fs::file_size(path, error);
    if (error || !in_) throw Error(ErrorCode::io, "Cannot read " + path.string(), "Check that you may read it.");
    uint64_t offset = 0, bytes = 0, count = 0;
    find_directory(offset, bytes, count);
    if (bytes > kDirectoryLimit) damaged("its directory would have " + std::to_string(bytes) + " bytes");
    read_directory(read_at(offset, bytes), count);
}

void ZipArchive::damaged(const std::string& what) const {
    throw Error(ErrorCode::damaged, path_.string() + " is damaged: " + what, "Copy or download the file again.");
}

std::string ZipArchive::read_at(uint64_t offset, uint64_t bytes) {
    if (offset > file_size_ || bytes > file_size_ - offset) damaged("a part of it lies beyond its end");
    std::string data(bytes, '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(offset));
    in_.read(data.data(), static_cast<std::streamsize>(bytes));
    if (!in_) throw Error(ErrorCode::io, "Cannot read " + path_.string());
    return data;
}

void ZipArchive::find_directory(uint64_t& offset, uint64_t& bytes, uint64_t& count) {
    if (file_size_ < kEndSize) damaged("it is too short for a zip archive");
    const uint64_t tail_size = std::min(file_size_, kEndSize + kLongestComment);
    const std::string tail = read_at(file_size_ - tail_size, tail_size);
    for (uint64_t at = tail_size - kEndSize + 1; at-- > 0;) {
        if (number(tail, at, 4) != kEnd || at + kEndSize + number(tail, at + 20, 2) > tail_size) continue;
        count = number(tail, at + 10, 2);
        bytes = number(tail, at + 12, 4);
        offset = number(tail, at + 16, 4);
        if (count == 0xffff || bytes == kIn64 || offset == kIn64) {
            read_zip64_end(file_size_ - tail_size + at, offset, bytes, count);
        }
        return;
    }
    damaged("its zip directory is missing; the file is probably cut short");
}

void ZipArchive::read_zip64_end(uint64_t end_record, uint64_t& offset, uint64_t& bytes, uint64_t& count) {
    if (end_record < kLocatorSize) damaged("its zip64 directory is missing");
    const auto locator = read_at(end_record - kLocatorSize, kLocatorSize);
    if (number(locator, 0, 4) != kLocator64) damaged("its zip64 directory is missing");
    const auto end = read_at(number(locator, 8, 8), kEnd64Size);
    if (number(end, 0, 4) != kEnd64) damaged("its zip64 directory is missing");
    count = number(end, 32, 8);
    bytes = number(end, 40, 8);
    offset = number(end, 48, 8);
}

void ZipArchive::read_directory(const std::string& directory, uint64_t count) {
    size_t at = 0;
    for (uint64_t i = 0; i < count; ++i) {
        if (directory.size() - at < kCentralSize || number(directory, at, 4) != kCentral) {
            damaged("its zip directory is not one");
        }
        const auto flags = number(directory, at + 8, 2), method = number(directory, at + 10, 2);
        uint64_t packed = number(directory, at + 20, 4), plain = number(directory, at + 24, 4);
        const auto name_size = number(directory, at + 28, 2), extra_size = number(directory, at + 30, 2);
        const auto comment_size = number(directory, at + 32, 2);
        uint64_t header = number(directory, at + 42, 4);
        at += kCentralSize;
        if (name_size + extra_size + comment_size > directory.size() - at) damaged("its zip directory is cut short");
        const std::string name = directory.substr(at, name_size);
        const auto extra = std::string_view(directory).substr(at + name_size, extra_size);
        if (!widen(extra, plain, packed, header)) damaged("entry " + name + " lacks its zip64 sizes");
        at += name_size + extra_size + comment_size;
        const bool stored = method == 0 && (flags & 1) == 0;  // flag 1: encrypted
        if (stored && (packed != plain || plain > file_size_ || header > file_size_ - plain)) {
            damaged("entry " + name + " passes the end of the file");
        }
        if (!entries_.emplace(name, Entry{header, plain, stored}).second) damaged("entry " + name + " is there twice");
    }
}

const ZipArchive::Entry& ZipArchive::entry(const std::string& name) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) damaged("it lacks the entry " + name);
    if (!found->second.stored) {
        throw Error(ErrorCode::unsupported, path_.string() + ": entry " + name + " is compressed",
                    "Save the checkpoint with torch.save, which does not compress.");
    }
    return found->second;
}

uint64_t ZipArchive::offset_of(const std::string& name) {
    const auto& found = entry(name);
    const auto local = read_at(found.header, kLocalSize);
    if (number(local, 0, 4) != kLocal) damaged("entry " + name + " is not where the directory says");
    const uint64_t offset = found.header + kLocalSize + number(local, 26, 2) + number(local, 28, 2);
    if (offset > file_size_ || found.size > file_size_ - offset) damaged("entry " + name + " is cut short");
    return offset;
}

std::string ZipArchive::read(const std::string& name, uint64_t limit) {
    const auto& found = entry(name);
    if (found.size > limit) damaged("entry " + name + " has " + std::to_string(found.size) + " bytes");
    return read_at(offset_of(name), found.size);
}

}  // namespace rest::checkpoint
