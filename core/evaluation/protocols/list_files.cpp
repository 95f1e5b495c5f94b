// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/protocols/list_files.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/base/error.h"

namespace rest::evaluation {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 3;
constexpr size_t kMostBytes = size_t{256} << 20;

struct GzipCloser {
    void operator()(gzFile_s* file) const { gzclose(file); }
};

}  // namespace

std::vector<fs::path> files_below(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw Error(ErrorCode::not_found, "There is no folder " + folder.string(), "Check the path of the lists.");
    }
    std::vector<fs::path> files;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (at.depth() >= kDeepest) at.disable_recursion_pending();
        if (at->is_regular_file(error)) files.push_back(at->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string read_maybe_gzip(const fs::path& file) {
    const std::unique_ptr<gzFile_s, GzipCloser> in(gzopen(file.c_str(), "rb"));
    if (!in)
        throw Error(ErrorCode::io, "Cannot read " + file.string(), "Check that it exists and that you may read it.");
    std::string text;
    std::array<char, 1 << 16> part;
    while (true) {
        const int got = gzread(in.get(), part.data(), part.size());
        if (got < 0) throw Error(ErrorCode::damaged, file.string() + " cannot be unpacked", "Download it again.");
        if (got == 0) break;
        text.append(part.data(), static_cast<size_t>(got));
        if (text.size() > kMostBytes) throw Error(ErrorCode::unsupported, file.string() + " is too long for a list");
    }
    int code = Z_OK;
    gzerror(in.get(), &code);
    if (code != Z_OK) throw Error(ErrorCode::damaged, file.string() + " is cut short", "Download it again.");
    return text;
}

}  // namespace rest::evaluation
