// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/base/atomic_file.h"
#include "core/study/study.h"
#include "tests/ui/clips.h"
#include "ui/rating/rating_pane.h"
#include "ui/rating/rating_screen.h"

namespace rest::ui {

struct MadeRating {
    int clips = 20, training = 0, controls = 0;
    int different = 1;  // distinct clip files; the others are copies
    int frames = 6;
    QSize size{64, 48};
    study::StudySettings settings{.answers_per_clip = 3, .seed = 7, .instructions = "Look closely."};
};

/// A file as annotators get it, including the clips.
inline QString makeRating(const QString& folder, const MadeRating& made,
                          const QString& name = QStringLiteral("sent.study")) {
    std::vector<std::string> contents;
    for (int i = 0; i < made.different; ++i) {
        const QString file = writeGreyClip(folder, QStringLiteral("clip %1.mp4").arg(i), made.frames, 10, made.size);
        contents.push_back(read_file(path(file)));
    }
    std::vector<study::StudyClip> clips;
    for (int i = 0; i < made.clips + made.training + made.controls; ++i) {
        study::StudyClip clip;
        clip.id = i;
        clip.role = i < made.clips                   ? study::ClipRole::rated
                    : i < made.clips + made.training ? study::ClipRole::training
                                                     : study::ClipRole::control;
        clip.caption = "someone is rowing number " + std::to_string(i);
        if (clip.role != study::ClipRole::rated) {
            clip.known = i % 2 == 0;
            clip.feedback = "Look at the oars.";
        }
        clips.push_back(clip);
    }
    const study::StudyInfo info{.uuid = study::new_uuid(),
                                .name = "secret-run-60",
                                .created = "2026-01-01T00:00:00Z",
                                .settings = made.settings,
                                .exported = true};
    study::Study study = study::Study::create(path(folder) / path(name), info, clips);
    for (const auto& clip : clips)
        study.put_clip_bytes(clip.id, contents[static_cast<size_t>(clip.id) % contents.size()]);
    return text(study.file());
}

/// Waits until a clip is on the screen and can be answered.
inline bool waitForClip(RatingScreen& screen) {
    return QTest::qWaitFor([&] { return screen.page() == RatingScreen::Page::rate && screen.pane()->clip() >= 0; },
                           10000);
}

inline bool openRating(RatingScreen& screen, const QString& file, const QString& code) {
    screen.resize(900, 700);
    screen.show();
    screen.open(file, false);
    if (!QTest::qWaitFor([&] { return screen.page() == RatingScreen::Page::sign_in; }, 10000)) return false;
    screen.signIn(code);
    return waitForClip(screen);
}

}  // namespace rest::ui
