// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/zip_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <ctime>
#include <memory>

#include "core/base/error.h"

namespace rest::bundle {
namespace {

struct CloseArchive {
    void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeEntry {
    void operator()(archive_entry* e) const { archive_entry_free(e); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

void require(int result, archive* a) {
    if (result == ARCHIVE_OK) return;
    const char* said = archive_error_string(a);
    throw Error(ErrorCode::io,
                std::string("The zip could not be created: ") + (said != nullptr ? said : "no reason given"));
}

la_ssize_t append(archive*, void* bytes, const void* piece, size_t size) {
    static_cast<std::string*>(bytes)->append(static_cast<const char*>(piece), size);
    return static_cast<la_ssize_t>(size);
}

void add(archive* a, const std::string& name, const std::string& content, std::time_t time) {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), time, 0);
    require(archive_write_header(a, entry.get()), a);
    const auto written = archive_write_data(a, content.data(), content.size());
    if (written != static_cast<la_ssize_t>(content.size())) require(ARCHIVE_FATAL, a);
}

}  // namespace

std::string zip_of(const std::map<std::string, std::string>& entries) {
    std::string bytes;
    const Archive a(archive_write_new());
    require(archive_write_set_format_zip(a.get()), a.get());
    require(archive_write_set_bytes_in_last_block(a.get(), 1), a.get());
    require(archive_write_open(a.get(), &bytes, nullptr, append, nullptr), a.get());
    for (const auto& [name, content] : entries) add(a.get(), name, content, std::time(nullptr));
    require(archive_write_close(a.get()), a.get());
    return bytes;
}

}  // namespace rest::bundle
