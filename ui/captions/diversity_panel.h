// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/engine/measure/caption_diversity.h"
#include "core/store/run_ref.h"
#include "ui/captions/latest_work.h"

class QSplitter;
class QTableView;
class QTabWidget;

namespace rest::ui {

class CellModel;
class EmptyState;
class WrapLabel;

/// How varied a run's captions are, step by step: how many differ, how many were retrieved, which stand in most lists
/// and in which classes. Says in words when they collapse, and by which rule. Counted behind the window, when it is
/// looked at.
class DiversityPanel : public QWidget {
    Q_OBJECT

  public:
    explicit DiversityPanel(QWidget* parent = nullptr);
    /// `project`: its folder, empty for none.
    void setRun(const QString& project, const store::RunRef& run);
    void setClasses(const QStringList& classes);
    /// The classes of the data set are what the videos show in truth.
    void showClasses(bool on);
    /// A step has come; what is shown and chosen stays.
    void refresh();
    bool idle() const { return counting_.idle() && finding_.idle(); }
    QTableView* steps() const { return steps_table_; }
    QTableView* shared() const { return shared_table_; }
    QString warning() const;

  Q_SIGNALS:
    /// The videos whose list of a step holds a caption.
    void videosFound(const QString& why, const std::vector<rest::store::VideoId>& videos);
    void failed(const QString& message, const QString& remedy);

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void count();
    void take(std::vector<engine::StepDiversity> found);
    void fillStep();
    void fillWarning();
    void findVideos(const QString& caption);
    const engine::StepDiversity* chosen() const;

    QString project_;
    store::RunRef run_;
    QStringList classes_;
    bool stale_ = true;
    std::vector<engine::StepDiversity> found_;
    CellModel* steps_;
    CellModel* shared_;
    CellModel* per_class_;
    QTableView* steps_table_;
    QTableView* shared_table_;
    QTableView* class_table_;
    QTabWidget* below_;
    QSplitter* tables_;
    WrapLabel* warning_;
    EmptyState* empty_;
    LatestWork counting_, finding_;
};

/// A broken rule in words.
QString collapseText(const engine::Collapse& collapse, int step);

}  // namespace rest::ui
