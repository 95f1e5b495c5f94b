// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/session/engine_client.h"

namespace rest::ui {

/// Running and waiting jobs of all projects, in the order in which they will run. Rows that wait can be dragged.
class QueueModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { JobColumn, ProjectColumn, StateColumn, ColumnCount };
    explicit QueueModel(EngineClient& engine, QObject* parent = nullptr);

    /// 0 for an invalid row.
    engine::JobId job(int row) const;
    int rowOf(engine::JobId job) const;  // -1 unknown
    bool waits(int row) const;
    /// Moves a waiting job by that many places; false if there is no such place.
    bool moveBy(engine::JobId job, int places);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

  private:
    void update();
    void place(engine::JobId job, int row);

    EngineClient& engine_;
    std::vector<JobInfo> rows_;
};

}  // namespace rest::ui
