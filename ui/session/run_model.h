// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/store/run_ref.h"

namespace rest::ui {

/// Runs of one project, newest first.
class RunModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, StatusColumn, EpochColumn, StepColumn, CreatedColumn, MessageColumn, ColumnCount };
    explicit RunModel(QObject* parent = nullptr);
    /// `project`: its identity.
    void setRuns(std::filesystem::path project, std::vector<store::RunRecord> oldest_first);
    const store::RunRecord* run(int row) const;
    store::RunRef ref(int row) const;           // without a run for an invalid row
    int rowOf(const store::RunRef& run) const;  // -1 unknown
    const store::RunRecord* find(const store::RunRef& run) const { return this->run(rowOf(run)); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::filesystem::path project_;
    std::vector<store::RunRecord> runs_;
};

/// The number of epochs in the run's settings, 0 if they cannot be read.
int totalEpochs(const store::RunRecord& run);
/// It did not finish and can be resumed.
bool resumable(const store::RunRecord& run);

}  // namespace rest::ui
