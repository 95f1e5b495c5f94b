// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>

#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

constexpr size_t kGlance = 4096;
// Some data sets lie with a text file per clip: these are not all worth opening.
constexpr size_t kMostGlances = 2000;

}  // namespace

std::string beginning_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text(kGlance, '\0');
    in.read(text.data(), kGlance);
    text.resize(static_cast<size_t>(std::max<std::streamsize>(0, in.gcount())));
    // A line cut in two would look like something else.
    const auto last_end = text.rfind('\n');
    if (text.size() == kGlance && last_end != std::string::npos) text.resize(last_end + 1);
    return text;
}

bool any_split_folder(const FileTree& tree) {
    std::string_view last;
    for (const auto& video : tree.videos) {
        const auto folder = folder_of(video.path);
        if (folder == last) continue;
        last = folder;
        if (place_of(video.path).split) return true;
    }
    return false;
}

Layout detect_layout(const DatasetSource& source) {
    const auto lists = source.lists();
    if (std::any_of(lists.begin(), lists.end(), [](const auto& list) { return is_ucf101_list(list); }))
        return Layout::ucf101;
    if (std::any_of(lists.begin(), lists.end(), [](const auto& list) { return is_hmdb51_list(list); }))
        return Layout::hmdb51;
    bool mmaction2 = false;
    for (size_t i = 0; i < std::min(lists.size(), kMostGlances); ++i) {
        const std::string text = beginning_of(source.tree.root / lists[i]);
        if (is_kinetics_list(lists[i], text)) return Layout::kinetics;
        mmaction2 = mmaction2 || is_mmaction2_list(lists[i], text);
    }
    if (mmaction2) return Layout::mmaction2;
    if (!source.list.empty()) {
        throw Error(ErrorCode::unsupported,
                    source.list +
                        " is no list we know: neither a CSV with a column youtube_id or path, nor lines \"path label\"",
                    "Give its folder, or a list of another form.");
    }
    return any_split_folder(source.tree) ? Layout::kinetics : Layout::flat;
}

}  // namespace rest::dataset
