// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_error.h"

#include <cerrno>
#include <system_error>

namespace rest {

namespace fs = std::filesystem;

bool means_no_space(int error) {
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

std::string file_remedy(int error) {
    if (means_no_space(error)) return "Free some disk space and try again.";
    switch (error) {
        case EROFS:
            return "The disk is mounted read-only; systems also do this to a faulty disk. Check the system log, make "
                   "the disk writable and try again.";
        case EIO:
            return "The disk may be failing: check the system log, copy the folder to another disk and try again "
                   "there.";
        default:
            return "Check that the folder exists and that you may read and write it, and try again.";
    }
}

Error file_error(const std::string& cannot, const fs::path& path, int error) {
    return Error(means_no_space(error) ? ErrorCode::no_space : ErrorCode::io,
                 cannot + " " + path.string() + ": " + std::generic_category().message(error), file_remedy(error));
}

Error file_error(const fs::filesystem_error& e) {
    return file_error("Cannot change or read", e.path1(), e.code().value());
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw file_error("Cannot create the folder", folder, error.value());
}

void remove_folder(const fs::path& folder) {
    std::error_code error;
    fs::remove_all(folder, error);
    if (error) throw file_error("Cannot remove", folder, error.value());
}

}  // namespace rest
