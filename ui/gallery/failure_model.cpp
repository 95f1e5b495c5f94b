// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/failure_model.h"

#include <QPixmap>
#include <bit>
#include <cmath>

#include "ui/clips/thumbnail_loader.h"
#include "ui/gallery/clip_book.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"

namespace rest::ui {

QString verdictText(gallery::Verdict verdict) {
    switch (verdict) {
        case gallery::Verdict::right:
            return FailureModel::tr("Right");
        case gallery::Verdict::wrong:
            return FailureModel::tr("Wrong");
        case gallery::Verdict::unlabelled:
            return FailureModel::tr("No class");
    }
    return {};
}

QString changeText(gallery::Change change) {
    switch (change) {
        case gallery::Change::same:
            return FailureModel::tr("Same");
        case gallery::Change::became_right:
            return FailureModel::tr("Became right");
        case gallery::Change::became_wrong:
            return FailureModel::tr("Became wrong");
        case gallery::Change::other_class:
            return FailureModel::tr("Another class");
        case gallery::Change::only_here:
            return FailureModel::tr("Not measured before");
    }
    return {};
}

QString peopleText(gallery::People people) {
    switch (people) {
        case gallery::People::unasked:
            return FailureModel::tr("Nobody was asked");
        case gallery::People::all_yes:
            return FailureModel::tr("All say yes");
        case gallery::People::all_no:
            return FailureModel::tr("All say no");
        case gallery::People::disagree:
            return FailureModel::tr("People disagree");
    }
    return {};
}

FailureModel::FailureModel(ProjectSession& session, ClipBook& book, ThumbnailLoader& strips, QObject* parent)
    : QAbstractListModel(parent),
      session_(session),
      book_(book),
      strips_(strips),
      table_(book.table()),
      marks_(book.marks()),
      shown_(book.shown()) {
    connect(&book_, &ClipBook::filtered, this, &FailureModel::take);
    connect(&strips_, &ThumbnailLoader::ready, this, [this](store::VideoId id) {
        if (const int row = rowOf(id); row >= 0) Q_EMIT dataChanged(index(row), index(row), {StripRole});
    });
}

/// The same clips with other tags keep their places: selection and scroll position stay.
void FailureModel::take() {
    const bool same = table_ == book_.table() && shown_->rows == book_.shown()->rows;
    if (!same) beginResetModel();
    table_ = book_.table();
    marks_ = book_.marks();
    shown_ = book_.shown();
    row_of_.clear();
    if (!same) return endResetModel();
    if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ReadRole, Qt::ToolTipRole});
}

int FailureModel::tableRow(int row) const {
    return row >= 0 && row < rowCount() ? shown_->rows[static_cast<size_t>(row)] : -1;
}

const gallery::Clip* FailureModel::clip(int row) const {
    const int at = tableRow(row);
    return at < 0 ? nullptr : &table_->clips[static_cast<size_t>(at)];
}

int FailureModel::rowOf(store::VideoId video) const {
    if (row_of_.empty()) {
        row_of_.assign(table_->clips.size() + 1, -1);  // one more, so that it is not empty again
        for (int row = 0; row < rowCount(); ++row) row_of_[static_cast<size_t>(tableRow(row))] = row;
    }
    const int at = table_->row_of(video);
    return at < 0 ? -1 : row_of_[static_cast<size_t>(at)];
}

Place FailureModel::place(int row) const {
    const gallery::Clip* one = clip(row);
    if (!one) return {};
    const gallery::EvaluationRef& at = table_->evaluation;
    return {session_.ref(at.run), at.epoch, at.step, one->video};
}

const store::VideoRecord* FailureModel::video(int row) const {
    const gallery::Clip* one = clip(row);
    return one ? session_.videos()->find(one->video) : nullptr;
}

QString FailureModel::className(int label) const {
    return text(table_->class_name(label));
}

ReadClip FailureModel::read(int row) const {
    const gallery::Clip* one = clip(row);
    if (!one) return {};
    ReadClip out{.verdict = one->verdict,
                 .caption = text(one->caption),
                 .read = className(one->predicted),
                 .truth = className(one->label),
                 .margin = one->margin};
    if (table_->other && one->change != gallery::Change::same) out.change = changeText(one->change);
    const gallery::Marks::Mark& mark = marks_->marks[static_cast<size_t>(tableRow(row))];
    out.noted = mark.note >= 0;
    for (uint64_t left = mark.tags; left != 0; left &= left - 1) {
        const store::Tag& tag = marks_->tags[static_cast<size_t>(std::countr_zero(left))];
        out.tags << text(tag.name);
        out.tag_colours.push_back(tag.colour);
    }
    return out;
}

int FailureModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_->rows.size());
}

QString FailureModel::tip(int row) const {
    const ReadClip shown = read(row);
    const store::VideoRecord* record = video(row);
    QStringList lines{record ? text(record->name) : tr("a video that is gone"), shown.caption};
    lines << (shown.read.isEmpty() ? tr("Read as no class of the project") : tr("Read as: %1").arg(shown.read));
    if (!shown.truth.isEmpty()) lines << tr("True class: %1").arg(shown.truth);
    if (!std::isnan(shown.margin)) lines << tr("Ahead of the next class by %1").arg(decimalText(shown.margin, 3));
    if (!shown.change.isEmpty()) lines << shown.change;
    if (!shown.tags.isEmpty()) lines << tr("Tags: %1").arg(shown.tags.join(QStringLiteral(", ")));
    return lines.join(QChar('\n'));
}

QVariant FailureModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const int row = index.row();
    switch (role) {
        case Qt::DisplayRole:
            return text(clip(row)->caption);
        case Qt::AccessibleTextRole: {
            const ReadClip shown = read(row);
            return QStringLiteral("%1. %2. %3").arg(verdictText(shown.verdict), shown.caption, shown.read);
        }
        case Qt::ToolTipRole:
            return tip(row);
        case ReadRole:
            return QVariant::fromValue(read(row));
        case StripRole:
            if (const store::VideoRecord* record = video(row); record && record->problem.empty())
                return strips_.pixmap(record->id, text(record->path));
            return {};
        default:
            return {};
    }
}

}  // namespace rest::ui
