// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/study/rating_session.h"
#include "tests/store/made_project.h"

namespace rest::test {

struct MadeStudy {
    int clips = 12, training = 0, controls = 0;
    study::StudySettings settings{.answers_per_clip = 3, .seed = 7};
};

/// A study without clip files in `folder`. CLIP-TAM is right on two clips of three, unknown on the last.
inline study::Study make_study(const std::filesystem::path& folder, const MadeStudy& made = {}) {
    std::vector<study::StudyClip> clips;
    for (int i = 0; i < made.clips + made.training + made.controls; ++i) {
        study::StudyClip c;
        c.id = i;
        c.role = i < made.clips                   ? study::ClipRole::rated
                 : i < made.clips + made.training ? study::ClipRole::training
                                                  : study::ClipRole::control;
        c.name = "val/rudern – 漕艇/" + std::to_string(i) + ".mp4";
        c.caption = "someone is rowing, " + std::to_string(i) + " % \"of\" <em>\\x</em>";
        c.label = "rowing";
        if (c.role == study::ClipRole::rated && i + 1 < made.clips) c.tam_right = i % 3 != 0;
        if (c.role != study::ClipRole::rated) {
            c.known = i % 2 == 0;
            c.feedback = "Look at the oars.";
        }
        clips.push_back(std::move(c));
    }
    study::StudyInfo info{
        .uuid = study::new_uuid(), .name = "made", .created = "2026-01-01T00:00:00Z", .settings = made.settings};
    info.source.model = "run 1 epoch 3";
    return study::Study::create(folder / "made.study", info, clips);
}

/// Rates all remaining clips; `yes` decides per clip.
template <class Decide>
int rate_all(study::Study& study, const std::string& code, Decide&& yes, int64_t milliseconds = 1500) {
    study::RatingSession session(study, code);
    int n = 0;
    for (; session.current() != nullptr; ++n) session.answer(yes(session.current()->clip), {milliseconds, 1});
    return n;
}

}  // namespace rest::test
