// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/clip_book.h"

#include <algorithm>

#include "ui/look/format.h"
#include "ui/session/project_session.h"

namespace rest::ui {

struct ClipBook::Read {
    int number = 0;
    std::shared_ptr<const gallery::ClipTable> table;
    std::shared_ptr<const gallery::Marks> marks;
    std::shared_ptr<const gallery::FilteredClips> shown;
    gallery::ClipFilter filter;
    gallery::Order order = gallery::Order::video;
    gallery::FacetCounts totals;
    QString problem;
};

namespace {

/// An evaluation that was read once more, as it was.
bool isSame(const gallery::ClipTable& a, const gallery::ClipTable& b) {
    const auto same_clip = [](const gallery::Clip& x, const gallery::Clip& y) {
        return x.video == y.video && x.label == y.label && x.predicted == y.predicted && x.split == y.split &&
               x.caption == y.caption && x.nearest == y.nearest && x.predicted_before == y.predicted_before &&
               x.change == y.change && x.votes.yes == y.votes.yes && x.votes.no == y.votes.no;
    };
    return a.evaluation == b.evaluation && a.other == b.other && a.classes == b.classes &&
           a.problems.size() == b.problems.size() && std::ranges::equal(a.clips, b.clips, same_clip);
}

}  // namespace

ClipBook::ClipBook(ProjectSession& session, QObject* parent)
    : QObject(parent),
      session_(session),
      table_(std::make_shared<gallery::ClipTable>()),
      marks_(std::make_shared<gallery::Marks>()),
      shown_(std::make_shared<gallery::FilteredClips>()) {
    // An answer that a closed project still owed does not come.
    connect(&session_, &ProjectSession::closed, this, [this] {
        reading_ = 0;
        filter_ = {};
        choose({}, {});
    });
}

void ClipBook::choose(const gallery::EvaluationRef& evaluation, const gallery::EvaluationRef& other) {
    evaluation_ = evaluation;
    other_ = other;
    reload();
}

void ClipBook::reload() {
    const int number = ++asked_;
    if (!evaluation_ || !session_.isOpen()) return take({.number = number});
    ++reading_;
    session_.read(
        this,
        [number, evaluation = evaluation_, other = other_, videos = session_.videos(), filter = filter_, order = order_,
         before = table_](const store::Project& project) {
            Read read{.number = number, .filter = filter, .order = order};
            try {
                auto table = gallery::load_clips(project, videos->videos, evaluation, other);
                read.marks = std::make_shared<const gallery::Marks>(gallery::load_marks(project, table));
                // What is looked at keeps its place.
                read.table =
                    isSame(table, *before) ? before : std::make_shared<const gallery::ClipTable>(std::move(table));
                read.totals = gallery::filter_clips(*read.table, *read.marks, {}).counts;
                read.shown = std::make_shared<const gallery::FilteredClips>(
                    gallery::filter_clips(*read.table, *read.marks, filter, order));
            } catch (const Error& error) {
                read.problem = text(error.full_text());
            }
            return read;
        },
        [this](Read found) {
            --reading_;
            take(std::move(found));
        },
        [this] { --reading_; });
}

void ClipBook::take(Read found) {
    if (found.number != asked_) return;
    problem_ = found.problem;
    if (found.table && found.table == table_) return takeMarks(std::move(found.marks));
    if (!found.table) {
        found.table = std::make_shared<gallery::ClipTable>();
        found.marks = std::make_shared<gallery::Marks>();
        found.shown = std::make_shared<gallery::FilteredClips>();
    }
    const bool current = found.filter == filter_ && found.order == order_;
    table_ = std::move(found.table);
    marks_ = std::move(found.marks);
    shown_ = std::move(found.shown);
    totals_ = std::move(found.totals);
    ++filter_asked_;  // an answer about the table before does not count
    Q_EMIT tableChanged();
    Q_EMIT filtered();
    if (!current && !table_->clips.empty()) filterAgain();
}

void ClipBook::reloadMarks() {
    if (!evaluation_ || !session_.isOpen()) return;
    ++reading_;
    session_.read(
        this,
        [table = table_](const store::Project& project) {
            return std::pair(table, std::make_shared<const gallery::Marks>(gallery::load_marks(project, *table)));
        },
        [this](
            const std::pair<std::shared_ptr<const gallery::ClipTable>, std::shared_ptr<const gallery::Marks>>& read) {
            --reading_;
            if (read.first == table_) takeMarks(read.second);
        },
        [this] { --reading_; });
}

void ClipBook::takeMarks(std::shared_ptr<const gallery::Marks> marks) {
    marks_ = std::move(marks);
    Q_EMIT marksChanged();
    filterAgain();
}

void ClipBook::setFilter(const gallery::ClipFilter& filter) {
    if (filter == filter_) return;
    filter_ = filter;
    filterAgain();
}

void ClipBook::setOrder(gallery::Order order) {
    if (order == order_) return;
    order_ = order;
    filterAgain();
}

void ClipBook::filterAgain() {
    ++filtering_;
    background_.start(
        this,
        [table = table_, marks = marks_, filter = filter_, order = order_] {
            return std::make_shared<const gallery::FilteredClips>(gallery::filter_clips(*table, *marks, filter, order));
        },
        [this, number = ++filter_asked_](std::shared_ptr<const gallery::FilteredClips> found) {
            --filtering_;
            if (number != filter_asked_) return;
            shown_ = std::move(found);
            Q_EMIT filtered();
        },
        [this](const Failure&) { --filtering_; });
}

}  // namespace rest::ui
