// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

#include "core/gallery/filtered_clips.h"
#include "ui/session/background.h"

namespace rest::ui {

class ProjectSession;

/// The clips of the evaluations that were chosen, and those of them that pass the filter.
///
/// Clips are read on the session's worker, filtered and counted on a thread of this object's; of several requests the
/// last counts. While something new is read, what was shown stays. All calls from the window's thread.
class ClipBook : public QObject {
    Q_OBJECT

  public:
    explicit ClipBook(ProjectSession& session, QObject* parent = nullptr);

    /// Of no run: nothing is shown.
    void choose(const gallery::EvaluationRef& evaluation, const gallery::EvaluationRef& other);
    void setFilter(const gallery::ClipFilter& filter);
    void setOrder(gallery::Order order);
    /// Reads the clips anew, as after another evaluation of the same epoch.
    void reload();
    /// Reads tags and notes anew.
    void reloadMarks();

    const gallery::EvaluationRef& evaluation() const { return evaluation_; }
    const gallery::EvaluationRef& other() const { return other_; }
    const gallery::ClipFilter& filter() const { return filter_; }
    gallery::Order order() const { return order_; }
    /// Never null; without clips until something is chosen and read.
    std::shared_ptr<const gallery::ClipTable> table() const { return table_; }
    std::shared_ptr<const gallery::Marks> marks() const { return marks_; }
    /// Rows of table() that pass.
    std::shared_ptr<const gallery::FilteredClips> shown() const { return shown_; }
    /// Counts of all clips, whatever the filter.
    const gallery::FacetCounts& totals() const { return totals_; }
    /// Why the evaluation cannot be shown; empty: it can.
    const QString& problem() const { return problem_; }
    bool idle() const { return reading_ == 0 && filtering_ == 0; }

  Q_SIGNALS:
    void tableChanged();  // other clips, with their marks and what passes; filtered() follows
    void marksChanged();
    void filtered();

  private:
    struct Read;
    void take(Read found);
    void takeMarks(std::shared_ptr<const gallery::Marks> marks);
    void filterAgain();

    ProjectSession& session_;
    gallery::EvaluationRef evaluation_, other_;
    gallery::ClipFilter filter_;
    gallery::Order order_ = gallery::Order::video;
    std::shared_ptr<const gallery::ClipTable> table_;
    std::shared_ptr<const gallery::Marks> marks_;
    std::shared_ptr<const gallery::FilteredClips> shown_;
    gallery::FacetCounts totals_;
    QString problem_;
    int asked_ = 0;      // number of the newest reading of clips
    int reading_ = 0;    // answers awaited
    int filtering_ = 0;  // answers awaited
    int filter_asked_ = 0;
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
