// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "ui/session/video_table.h"

namespace rest::ui {

/// The videos that cannot be used, and what imports have skipped: file, reason, remedy.
class ProblemModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { FileColumn, ReasonColumn, RemedyColumn, ColumnCount };
    explicit ProblemModel(QObject* parent = nullptr);
    void setTable(std::shared_ptr<const VideoTable> table);
    QString file(int row) const;  // its path; empty for an invalid row
    /// All rows as tab-separated text, for the clipboard or a report.
    QString asText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Line {
        QString name, path, problem, remedy;
    };
    Line line(int row) const;

    std::shared_ptr<const VideoTable> table_;
    std::vector<int> rows_;
};

}  // namespace rest::ui
