// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPixmap>
#include <optional>

#include "ui/captions/evolution.h"

class QLabel;

namespace rest::ui {

class WrapLabel;

/// The video that a caption was retrieved from, as far as it is known.
struct CaptionSource {
    QString name;
    QString class_name;                // empty: unknown, or not to be shown
    std::optional<double> similarity;  // s_vv (Eq. 3)
    QPixmap thumbnail;
};

/// One caption of W_i: its text with what changed since the step before, its CLIP score, and where it came from, as
/// links to that frame or video.
class CaptionCard : public QFrame {
    Q_OBJECT

  public:
    CaptionCard(const KeptCaption& kept, double best_score, QWidget* parent = nullptr);
    void setSource(const CaptionSource& source);
    const store::CaptionRecord& caption() const { return kept_.caption; }

  Q_SIGNALS:
    void videoRequested(qint64 id);
    void sampleRequested(int sample);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void showWords();
    QWidget* makeScore(double best_score);
    QLabel* makeMark();

    KeptCaption kept_;
    WrapLabel* words_;
    WrapLabel* origin_;
    QLabel* picture_;
};

/// The origin in words, with links "video:ID" and "frame:N".
QString originText(const store::CaptionRecord& caption, const CaptionSource& source);

}  // namespace rest::ui
