// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <functional>

#include "core/store/records.h"

class QLabel;
class QSlider;
class QVBoxLayout;

namespace rest::ui {

class EmptyState;
class WrapLabel;

/// The list W_i of one video at a retrieval step, and a slider that walks through the steps.
class StepPanel : public QWidget {
    Q_OBJECT

  public:
    explicit StepPanel(QWidget* parent = nullptr);
    /// The captions of every step, best first. Stays at the step shown, or moves to the newest if that was shown.
    void setCaptions(std::vector<store::CaptionRecord> captions, std::function<QString(store::VideoId)> name_of);
    void setEmptyTexts(const QString& title, const QString& text);
    void showStep(int step);
    int step() const;
    int steps() const;  // 0 without captions

  Q_SIGNALS:
    void videoRequested(qint64 id);
    void sampleRequested(int sample);
    void stepShown(int step);

  private:
    void fill();
    std::vector<const store::CaptionRecord*> listOf(int step) const;

    std::vector<store::CaptionRecord> captions_;
    std::function<QString(store::VideoId)> name_of_;
    QWidget* top_;
    QSlider* slider_;
    QLabel* title_;
    WrapLabel* ticks_;
    QVBoxLayout* cards_;
    QWidget* scroll_;
    EmptyState* empty_;
};

}  // namespace rest::ui
