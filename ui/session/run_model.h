// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/store/records.h"

namespace rest::ui {

/// The runs of a project, newest first.
class RunModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, StatusColumn, EpochColumn, StepColumn, CreatedColumn, MessageColumn, ColumnCount };
    explicit RunModel(QObject* parent = nullptr);
    void setRuns(std::vector<store::RunRecord> oldest_first);
    const store::RunRecord* run(int row) const;
    int rowOf(store::RunId id) const;  // -1 unknown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<store::RunRecord> runs_;
};

/// Epochs that the run's settings ask for, 0 when they cannot be read.
int totalEpochs(const store::RunRecord& run);
/// It did not come to its end and can go on.
bool resumable(const store::RunRecord& run);

}  // namespace rest::ui
