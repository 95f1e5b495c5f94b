// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_model.h"

#include <algorithm>

namespace rest::ui {

void StudyModel::setStudies(std::vector<StudySummary> studies) {
    const bool same = std::ranges::equal(studies_, studies, {}, &StudySummary::file, &StudySummary::file);
    if (!same) beginResetModel();
    studies_ = std::move(studies);
    if (!same) {
        endResetModel();
    } else if (!studies_.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

const StudySummary* StudyModel::study(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &studies_[static_cast<size_t>(row)];
}

int StudyModel::rowOf(const std::filesystem::path& file) const {
    const auto found = std::ranges::find(studies_, file, &StudySummary::file);
    return found == studies_.end() ? -1 : static_cast<int>(found - studies_.begin());
}

int StudyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(studies_.size());
}

QVariant StudyModel::data(const QModelIndex& index, int role) const {
    const StudySummary* summary = study(index.row());
    if (!summary) return {};
    switch (role) {
        case Qt::DisplayRole:
            return summary->name();
        case Qt::ToolTipRole:
        case ProgressRole:
            return summary->progressText();
        case Qt::AccessibleTextRole:
            return QString(summary->name() + QStringLiteral(", ") + summary->progressText());
        case ShareRole:
            return summary->share();
        case ProblemRole:
            return summary->problem;
        default:
            return {};
    }
}

}  // namespace rest::ui
