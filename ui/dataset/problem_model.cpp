// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/problem_model.h"

#include "core/base/spreadsheet.h"
#include "ui/look/format.h"

namespace rest::ui {

ProblemModel::ProblemModel(QObject* parent) : QAbstractTableModel(parent), table_(std::make_shared<VideoTable>()) {}

void ProblemModel::setTable(std::shared_ptr<const VideoTable> table) {
    beginResetModel();
    table_ = std::move(table);
    VideoFilter filter;
    filter.problems_only = true;
    rows_ = filterRows(*table_, filter);
    endResetModel();
}

const store::VideoRecord* ProblemModel::video(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= static_cast<int>(rows_.size())) return nullptr;
    return &table_->videos[static_cast<size_t>(rows_[static_cast<size_t>(index.row())])];
}

QString ProblemModel::asText() const {
    QStringList lines;
    for (const int row : rows_) {
        const store::VideoRecord& video = table_->videos[static_cast<size_t>(row)];
        lines << QStringList{text(tsv_text(video.path)), text(tsv_text(video.problem)), text(tsv_text(video.remedy))}
                     .join(QChar('\t'));
    }
    return lines.join(QChar('\n'));
}

int ProblemModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int ProblemModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
    const store::VideoRecord* record = video(index);
    if (!record || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
    switch (index.column()) {
        case FileColumn:
            return role == Qt::ToolTipRole ? text(record->path) : text(record->name);
        case ReasonColumn:
            return text(record->problem);
        case RemedyColumn:
            return text(record->remedy);
        default:
            return {};
    }
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("File"), tr("What is wrong"), tr("What to do")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

}  // namespace rest::ui
