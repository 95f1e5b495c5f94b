// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>
#include <optional>

#include "ui/captions/caption_reader.h"

class QTableView;

namespace rest::ui {

class DiversityPanel;
class EvolutionPanel;
class MadeCaptionModel;
class PredictionModel;

/// What a run says of the video: how its captions evolved, all that was generated, the predictions; and how varied the
/// run's captions are.
class CaptionTabs : public QTabWidget {
    Q_OBJECT

  public:
    enum class View { evolution, made, predictions, diversity };

    explicit CaptionTabs(QWidget* parent = nullptr);
    EvolutionPanel* evolution() const { return evolution_; }
    DiversityPanel* diversity() const { return diversity_; }
    View view() const { return static_cast<View>(currentIndex()); }
    void show(View view);
    using QTabWidget::show;

    /// What the next fill() is to bring to the front.
    struct Wanted {
        std::optional<View> view;
        int step = -1, epoch = -1;
        std::optional<QPoint> scrolled;  // of the evolution
    };
    void want(const Wanted& wanted) { wanted_ = wanted; }
    /// The next fill() is of another video or run: it may choose the tab that has something to show.
    void expectAnother() { another_ = true; }
    void fill(const VideoCaptions& found, const QStringList& classes);
    /// Whether the place of the true class is told.
    void showTruth(bool on);

  Q_SIGNALS:
    void sampleRequested(int sample);

  private:
    QTableView* makeMade();
    QTableView* makePredictions();
    void bringToFront(bool kept, bool predicted);

    EvolutionPanel* evolution_;
    MadeCaptionModel* made_;
    PredictionModel* predictions_;
    QTableView* made_table_;
    QTableView* predicted_table_;
    DiversityPanel* diversity_;
    Wanted wanted_;
    bool another_ = true;
};

}  // namespace rest::ui
