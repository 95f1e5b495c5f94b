// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "core/store/run_ref.h"

namespace rest::ui {

class ProjectSession;

/// What a run holds of one video.
struct VideoCaptions {
    store::VideoId video = 0;
    store::RunRef run;
    std::vector<store::CaptionRecord> captions;
    std::vector<store::GeneratedCaption> made;
    std::vector<std::pair<int, store::PredictionRecord>> predictions;
};

/// Reads it behind the window. Of several questions the newest is answered: walking through a list asks for more than
/// can be read.
class CaptionReader : public QObject {
    Q_OBJECT

  public:
    explicit CaptionReader(ProjectSession& session, QObject* parent = nullptr);
    /// answered() follows, at once where there is nothing to read.
    void ask(store::VideoId video, const store::RunRef& run);
    bool idle() const { return !reading_; }

  Q_SIGNALS:
    void answered(const rest::ui::VideoCaptions& found);

  private:
    void read();

    ProjectSession& session_;
    store::VideoId video_ = 0;
    store::RunRef run_;
    bool reading_ = false;
    bool again_ = false;
};

}  // namespace rest::ui
