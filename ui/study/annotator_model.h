// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/study/study_report.h"

namespace rest::ui {

/// The annotators of a study: number of answers, speed, attention.
class AnnotatorModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        NameColumn,
        AnsweredColumn,
        YesColumn,
        SkippedColumn,
        ChangedColumn,
        PaceColumn,
        TimeColumn,
        ControlsColumn,
        ColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;
    void setAnnotators(std::vector<study::AnnotatorResult> annotators);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<study::AnnotatorResult> annotators_;
};

}  // namespace rest::ui
