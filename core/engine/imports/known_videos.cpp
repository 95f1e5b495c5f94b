// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/imports/known_videos.h"

#include <unordered_map>
#include <unordered_set>

#include "core/text/file_text.h"

namespace rest::engine {
namespace {

class Matching {
  public:
    Matching(std::span<const store::VideoRecord> rows, std::span<const dataset::ClipEntry> clips)
        : rows_(rows), clips_(clips), found_(clips.size()), taken_(rows.size()) {}

    std::vector<KnownVideo> run() {
        const auto name_of = [](const auto& one) -> std::string { return one.name; };
        take_by([](const auto& row) { return row.path; },
                [](const auto& clip) { return clip.path.string(); });  // a file may have had another name
        take_by(name_of, name_of);
        take_by([](const auto& row) { return text::comparable_name(row.name); },
                [](const auto& clip) { return text::comparable_name(clip.name); });
        name_the_new();
        return std::move(found_);
    }

  private:
    /// Gives each clip that has no row yet a free one of the same key; of several the one that is called as the clip.
    template <class KeyOfRow, class KeyOfClip>
    void take_by(KeyOfRow key_of_row, KeyOfClip key_of_clip) {
        std::unordered_map<std::string, std::vector<size_t>> free;
        for (size_t i = 0; i < rows_.size(); ++i) {
            if (!taken_[i]) free[key_of_row(rows_[i])].push_back(i);
        }
        for (size_t i = 0; i < clips_.size(); ++i) {
            if (found_[i].row != nullptr) continue;
            const auto at = free.find(key_of_clip(clips_[i]));
            if (at == free.end() || at->second.empty()) continue;
            auto best = at->second.begin();
            for (auto row = at->second.begin(); row != at->second.end(); ++row) {
                if (rows_[*row].name == clips_[i].name) best = row;
            }
            taken_[*best] = true;
            found_[i] = {&rows_[*best], rows_[*best].name};
            at->second.erase(best);
        }
    }

    void name_the_new() {
        std::unordered_set<std::string> used;
        for (const auto& row : rows_) used.insert(row.name);
        for (size_t i = 0; i < clips_.size(); ++i) {
            if (found_[i].row != nullptr) continue;
            std::string name = clips_[i].name;
            for (int n = 2; !used.insert(name).second; ++n) name = clips_[i].name + " (" + std::to_string(n) + ")";
            found_[i].name = std::move(name);
        }
    }

    std::span<const store::VideoRecord> rows_;
    std::span<const dataset::ClipEntry> clips_;
    std::vector<KnownVideo> found_;
    std::vector<bool> taken_;
};

}  // namespace

std::vector<KnownVideo> known_videos(std::span<const store::VideoRecord> rows,
                                     std::span<const dataset::ClipEntry> clips) {
    return Matching(rows, clips).run();
}

}  // namespace rest::engine
