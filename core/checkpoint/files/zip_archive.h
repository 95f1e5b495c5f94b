// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace rest::checkpoint {

/// The directory of a zip file (zip64 too) and its stored entries; torch.save writes no others.
///
/// Every offset and size is checked against the file before use. Throws Error (damaged, unsupported, io) naming file
/// and entry. Not thread-safe.
class ZipArchive {
  public:
    struct Entry {
        uint64_t header = 0;  // offset of the local header
        uint64_t size = 0;    // bytes
        bool stored = true;   // not compressed
    };

    explicit ZipArchive(const std::filesystem::path& path);

    const std::map<std::string, Entry>& entries() const { return entries_; }
    const std::filesystem::path& path() const { return path_; }
    uint64_t file_size() const { return file_size_; }
    /// A whole entry of at most `limit` bytes.
    std::string read(const std::string& name, uint64_t limit);
    /// The file offset of an entry's content, all of which lies within the file.
    uint64_t offset_of(const std::string& name);

  private:
    std::string read_at(uint64_t offset, uint64_t bytes);
    void find_directory(uint64_t& offset, uint64_t& bytes, uint64_t& count);
    void read_zip64_end(uint64_t end_record, uint64_t& offset, uint64_t& bytes, uint64_t& count);
    void read_directory(const std::string& directory, uint64_t count);
    const Entry& entry(const std::string& name) const;
    [[noreturn]] void damaged(const std::string& what) const;

    std::filesystem::path path_;
    std::ifstream in_;
    uint64_t file_size_ = 0;
    std::map<std::string, Entry> entries_;
};

}  // namespace rest::checkpoint
