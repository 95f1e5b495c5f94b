// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <functional>

#include "ui/captions/caption_card.h"

class QBoxLayout;
class QScrollArea;

namespace rest::ui {

class EmptyState;
class StepSection;
class WrapLabel;

/// How a video's captions came to be: all retrieval steps one below the other, or side by side.
///
/// A step that comes while a run goes on is added at the end; what is shown stays where it is.
class EvolutionPanel : public QWidget {
    Q_OBJECT

  public:
    using SourceOf = std::function<CaptionSource(store::VideoId)>;

    explicit EvolutionPanel(QWidget* parent = nullptr);
    /// Of one video. `anew`: another video or run, shown from its beginning.
    void setSteps(std::vector<EvolutionStep> steps, bool anew);
    void setSourceOf(SourceOf source_of);
    /// Something is known of these sources that was not; of all when empty.
    void updateSources(const QList<store::VideoId>& videos = {});
    /// Below the last step; empty for none.
    void setTruth(const QString& text);
    void setEmptyTexts(const QString& title, const QString& text);
    void setSideBySide(bool on);

    int steps() const { return static_cast<int>(steps_.size()); }
    /// Brings a step into view and marks it.
    void showStep(int step);
    /// The step that was asked for, else the newest; -1 without steps.
    int step() const;
    const std::vector<EvolutionStep>& evolution() const { return steps_; }
    /// Videos that the captions of any step were retrieved from, each once.
    QList<store::VideoId> sources() const;
    QPoint scrollPosition() const;
    void scrollTo(QPoint position);

  Q_SIGNALS:
    void videoRequested(qint64 id);
    void sampleRequested(int sample);

  private:
    StepSection* makeSection(const EvolutionStep& step);

    std::vector<EvolutionStep> steps_;
    QList<StepSection*> sections_;
    SourceOf source_of_;
    int asked_ = -1;
    QScrollArea* scroll_;
    QBoxLayout* line_;
    WrapLabel* truth_;
    WrapLabel* note_;
    EmptyState* empty_;
};

}  // namespace rest::ui
