// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/people.h"

#include "core/base/strings.h"
#include "core/study/study.h"

namespace rest::gallery {
namespace {

std::string key_of(const std::string& video_name, const std::string& caption) {
    return video_name + '\0' + caption_key(caption);
}

}  // namespace

PeopleSaid::PeopleSaid(const std::filesystem::path& project) {
    for (const auto& file : study::studies_in(project)) {
        try {
            const auto study = study::Study::open(file, store::OpenMode::read_only);
            for (const auto& answer : study.current_answers()) {
                if (answer.choice != study::Choice::yes && answer.choice != study::Choice::no) continue;
                const auto& clip = study.clip(answer.clip);
                if (clip.role != study::ClipRole::rated) continue;
                Votes& votes = votes_[key_of(clip.name, clip.caption)];
                ++(answer.choice == study::Choice::yes ? votes.yes : votes.no);
            }
        } catch (const Error& error) {
            problems_.push_back({error.code(), file.string(), error.what(), error.remedy()});
        }
    }
}

Votes PeopleSaid::of(const std::string& video_name, const std::string& caption) const {
    if (votes_.empty()) return {};
    const auto found = votes_.find(key_of(video_name, caption));
    return found == votes_.end() ? Votes() : found->second;
}

}  // namespace rest::gallery
