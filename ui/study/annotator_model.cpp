// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/annotator_model.h"

#include "ui/look/format.h"

namespace rest::ui {

void AnnotatorModel::setAnnotators(std::vector<study::AnnotatorResult> annotators) {
    beginResetModel();
    annotators_ = std::move(annotators);
    endResetModel();
}

int AnnotatorModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(annotators_.size());
}
int AnnotatorModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AnnotatorModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const study::AnnotatorResult& a = annotators_[static_cast<size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() != NameColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QString dash = QStringLiteral("–");
    switch (index.column()) {
        case NameColumn:
            return text(a.name);
        case AnsweredColumn:
            return countText(a.answered);
        case YesColumn:
            return a.answered == 0 ? dash : tr("%1 %").arg(100 * a.yes / a.answered);
        case SkippedColumn:
            return countText(a.skipped);
        case ChangedColumn:
            return countText(a.changed);
        case PaceColumn:
            return a.median_seconds > 0 ? durationText(a.median_seconds) : dash;
        case TimeColumn:
            return a.total_seconds > 0 ? durationText(a.total_seconds) : dash;
        case ControlsColumn:
            return a.controls == 0 ? dash : tr("%1 of %2").arg(a.controls_right).arg(a.controls);
        default:
            return {};
    }
}

QVariant AnnotatorModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    if (role == Qt::TextAlignmentRole && section != NameColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    const QString names[] = {tr("Annotator"), tr("Answers"),  tr("Yes"),  tr("Skipped"),
                             tr("Changed"),   tr("Per clip"), tr("Time"), tr("Controls right")};
    const QString tips[] = {{},
                            tr("Current yes and no answers to rated clips"),
                            {},
                            {},
                            tr("Answers that were undone or changed"),
                            tr("Median time from a clip's first frame to the answer"),
                            tr("Sum of these times"),
                            tr("Control clips answered as expected")};
    if (role == Qt::ToolTipRole) return tips[section];
    return role == Qt::DisplayRole ? names[section] : QVariant();
}

}  // namespace rest::ui
