// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/clip_finder.h"

#include <algorithm>
#include <tuple>

#include "core/dataset/path_text.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {
namespace {

/// True when one path, extensions apart, is the other's end at the border of a folder's name.
bool one_ends_with_other(std::string_view a, std::string_view b) {
    if (a.size() < b.size()) std::swap(a, b);
    if (!a.ends_with(b)) return false;
    return a.size() == b.size() || a[a.size() - b.size() - 1] == '/';
}

}  // namespace

ClipFinder::ClipFinder(const FileTree& tree) : tree_(tree) {
    stems_.reserve(tree.videos.size());
    for (size_t i = 0; i < tree.videos.size(); ++i) {
        stems_.emplace_back(file_stem(tree.videos[i].path), static_cast<uint32_t>(i));
    }
    std::sort(stems_.begin(), stems_.end());
}

std::pair<std::vector<ClipFinder::Entry>::const_iterator, std::vector<ClipFinder::Entry>::const_iterator>
ClipFinder::range(std::string_view stem) const {
    const auto first = std::lower_bound(stems_.begin(), stems_.end(), Entry{stem, 0});
    return {first, std::find_if(first, stems_.end(), [&](const auto& entry) { return entry.first != stem; })};
}

bool ClipFinder::lies_in(size_t video, Split split) const {
    return place_of(tree_.videos[video].path).split == split;
}

std::optional<size_t> ClipFinder::by_path(std::string_view listed, Split split, bool names_are_unique) const {
    while (listed.starts_with("./")) listed.remove_prefix(2);
    const auto exact = std::lower_bound(tree_.videos.begin(), tree_.videos.end(), listed,
                                        [](const FoundFile& file, std::string_view path) { return file.path < path; });
    if (exact != tree_.videos.end() && exact->path == listed) return exact - tree_.videos.begin();
    const std::string_view wanted = without_extension(listed);
    const auto [first, last] = range(file_stem(listed));
    std::optional<size_t> best;
    std::tuple<size_t, bool, bool> best_rank;
    for (auto at = first; at != last; ++at) {
        const std::string_view path = tree_.videos[at->second].path;
        const std::string_view found = without_extension(path);
        if (!one_ends_with_other(found, wanted)) continue;
        const std::tuple rank(std::min(found.size(), wanted.size()), extension_of(path) == extension_of(listed),
                              lies_in(at->second, split));
        if (!best || rank > best_rank) {
            best = at->second;
            best_rank = rank;
        }
    }
    if (!best && names_are_unique && last - first == 1) best = first->second;
    return best;
}

std::optional<size_t> ClipFinder::by_stem(std::string_view stem, Split split) const {
    const auto [first, last] = range(stem);
    if (first == last) return std::nullopt;
    const auto preferred = std::find_if(first, last, [&](const auto& entry) { return lies_in(entry.second, split); });
    return preferred != last ? preferred->second : first->second;
}

}  // namespace rest::dataset
