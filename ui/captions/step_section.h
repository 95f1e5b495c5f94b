// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/captions/evolution.h"

class QLabel;
class QVBoxLayout;

namespace rest::ui {

class CaptionCard;

/// One retrieval step of a video, top to bottom: what the captioner said, what was kept, what was given up.
class StepSection : public QWidget {
    Q_OBJECT

  public:
    /// `steps`: how many there are in all.
    explicit StepSection(const EvolutionStep& step, QWidget* parent = nullptr);
    int step() const { return step_.step; }
    const std::string& fingerprint() const { return fingerprint_; }
    const QList<CaptionCard*>& cards() const { return cards_; }
    /// Marks it as the step that was asked for.
    void setStrong(bool strong);

  Q_SIGNALS:
    void videoRequested(qint64 id);
    void sampleRequested(int sample);

  private:
    void addTitle();
    void addSaid();
    void addKept();
    void addGivenUp();
    QWidget* makeSaid(const SaidCaption& said);

    EvolutionStep step_;
    std::string fingerprint_;
    QVBoxLayout* layout_;
    QLabel* title_;
    QList<CaptionCard*> cards_;
};

}  // namespace rest::ui
