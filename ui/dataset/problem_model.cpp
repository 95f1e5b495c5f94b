// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/problem_model.h"

#include <QFileInfo>

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

ProblemModel::Line ProblemModel::line(int row) const {
    const auto number = static_cast<size_t>(row);
    if (number < rows_.size()) {
        const store::VideoRecord& video = table_->videos[static_cast<size_t>(rows_[number])];
        return {text(video.name), text(video.path), text(video.problem), text(video.remedy)};
    }
    const Problem& problem = table_->passed_over[number - rows_.size()];
    return {text(problem.file), text(problem.file), text(problem.message), text(problem.remedy)};
}

QString ProblemModel::folder(int row) const {
    const QFileInfo file(row < 0 || row >= rowCount() ? QString() : line(row).path);
    if (!file.isAbsolute()) return {};
    QFileInfo folder(file.absolutePath());
    while (!folder.isDir() && !folder.isRoot()) folder.setFile(folder.absolutePath());
    return folder.absoluteFilePath();
}

QString ProblemModel::asText() const {
    const auto cell = [](const QString& words) { return text(tsv_text(words.toStdString())); };
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        const Line one = line(row);
        lines << QStringList{cell(one.path), cell(one.problem), cell(one.remedy)}.join(QChar('\t'));
    }
    return lines.join(QChar('\n'));
}

int ProblemModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size() + table_->passed_over.size());
}
int ProblemModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
    const bool there = index.isValid() && index.row() < rowCount();
    if (!there || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
    const Line one = line(index.row());
    switch (index.column()) {
        case FileColumn:
            return role == Qt::ToolTipRole ? one.path : one.name;
        case ReasonColumn:
            return one.problem;
        case RemedyColumn:
            return one.remedy;
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
