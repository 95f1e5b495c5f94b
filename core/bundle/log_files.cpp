// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/log_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace rest::bundle {
namespace {

namespace fs = std::filesystem;

std::string end_of(const fs::path& file, uint64_t most_bytes) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    const auto size = in ? static_cast<uint64_t>(in.tellg()) : 0;
    const bool cut = size > most_bytes;
    // One extra byte shows whether the cut falls between two lines.
    in.seekg(static_cast<std::streamoff>(cut ? size - most_bytes - 1 : 0));
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (cut) text.erase(0, std::min(text.find('\n'), text.size() - 1) + 1);
    return text;
}

}  // namespace

std::map<std::string, std::string> log_ends(const fs::path& folder, uint64_t most_bytes) {
    std::map<std::string, std::string> ends;
    std::error_code error;
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        std::error_code unknown;
        if (at->path().extension() != ".log" || !at->is_regular_file(unknown)) continue;
        ends[at->path().filename().string()] = end_of(at->path(), most_bytes);
    }
    return ends;
}

}  // namespace rest::bundle
