// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/store/records.h"

namespace rest::ui {

/// One caption of W_i: its text, CLIP score, and where it came from, as links to that frame or video.
class CaptionCard : public QFrame {
    Q_OBJECT

  public:
    struct Content {
        store::CaptionRecord caption;
        QString source_name;    // of the video it was retrieved from
        bool is_new = false;    // not in the list of the step before
        double best_score = 0;  // of the list, for the bar
    };
    explicit CaptionCard(const Content& content, QWidget* parent = nullptr);

  Q_SIGNALS:
    void videoRequested(qint64 id);
    void sampleRequested(int sample);
};

/// The origin in words, with links "video:ID" and "frame:N".
QString originText(const store::CaptionRecord& caption, const QString& source_name);

}  // namespace rest::ui
