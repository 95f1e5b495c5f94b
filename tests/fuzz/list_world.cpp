// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/list_world.h"

#include <algorithm>
#include <set>

namespace rest::fuzz {
namespace {

void check(const dataset::DatasetListing& listing) {
    std::set<std::filesystem::path> paths;
    promise(!listing.clips.empty(), "a listing has a clip");
    promise(listing.classes.size() < 100'000, "a short list names few classes");
    for (const auto& clip : listing.clips) {
        promise(clip.path.is_absolute() && clip.path == clip.path.lexically_normal(), "paths are absolute and plain");
        promise(paths.insert(clip.path).second, "a clip is there once");
        promise(clip.label >= -1 && clip.label < std::ssize(listing.classes), "a label is a class");
    }
    promise(std::set(listing.classes.begin(), listing.classes.end()).size() == listing.classes.size(),
            "classes differ");
}

}  // namespace

ListWorld::ListWorld(const std::vector<std::string>& videos) {
    tree_.root = scratch_.folder();
    for (const auto& video : videos) tree_.videos.push_back({video, 1000});
    std::sort(tree_.videos.begin(), tree_.videos.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
}

void ListWorld::put_list(const std::string& name, std::string_view content) {
    scratch_.put(name, content);
    if (std::find(tree_.lists.begin(), tree_.lists.end(), name) != tree_.lists.end()) return;
    tree_.lists.push_back(name);
    std::sort(tree_.lists.begin(), tree_.lists.end());
}

Outcome ListWorld::read(Reader reader) {
    SilentTask task;
    return outcome_of([&] { check(reader({tree_, {}}, task)); }, "");
}

}  // namespace rest::fuzz
