// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/caption_reader.h"

#include <utility>

#include "ui/session/project_session.h"

namespace rest::ui {

CaptionReader::CaptionReader(ProjectSession& session, QObject* parent) : QObject(parent), session_(session) {
    // After a project was closed or a read failed, the pending answer does not come.
    const auto expect_nothing = [this] { reading_ = again_ = false; };
    connect(&session_, &ProjectSession::closed, this, expect_nothing);
    connect(&session_, &ProjectSession::failed, this, expect_nothing);
}

void CaptionReader::ask(store::VideoId video, const store::RunRef& run) {
    video_ = video;
    run_ = run;
    if (reading_) {
        again_ = true;
        return;
    }
    read();
}

void CaptionReader::read() {
    if (video_ == 0 || !run_ || !session_.holds(run_)) {
        VideoCaptions nothing;
        nothing.video = video_;
        nothing.run = run_;
        Q_EMIT answered(nothing);
        return;
    }
    reading_ = true;
    session_.read(
        this,
        [video = video_, run = run_](const store::Project& project) {
            return VideoCaptions{video, run, project.captions(run.id, video), project.generated_for(run.id, video),
                                 project.predictions_for(run.id, video)};
        },
        [this](const VideoCaptions& found) {
            reading_ = false;
            const bool stale = std::exchange(again_, false);
            if (found.video == video_ && found.run == run_) Q_EMIT answered(found);
            if (stale && !reading_) read();
        },
        [this] { reading_ = again_ = false; });
}

}  // namespace rest::ui
