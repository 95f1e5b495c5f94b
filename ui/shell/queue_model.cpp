// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/queue_model.h"

#include <QFileInfo>
#include <QMimeData>
#include <algorithm>

namespace rest::ui {

namespace {

const QString mime = QStringLiteral("application/x-rest-studio-job");

QString stateText(const JobInfo& job) {
    switch (job.state) {
        case JobState::queued:
            return QueueModel::tr("Waits");
        case JobState::running:
            return QueueModel::tr("Runs");
        case JobState::paused:
            return job.begun ? QueueModel::tr("Paused") : QueueModel::tr("Waits, paused");
        case JobState::stopping:
            return QueueModel::tr("Stops");
    }
    return {};
}

}  // namespace

QueueModel::QueueModel(EngineClient& engine, QObject* parent) : QAbstractTableModel(parent), engine_(engine) {
    connect(&engine_, &EngineClient::jobsChanged, this, &QueueModel::update);
    update();
}

/// A dropped job is removed from the list immediately; taken back, it is where it was.
void QueueModel::update() {
    std::vector<JobInfo> rows;
    for (const JobInfo& job : engine_.jobs()) {
        if (job.begun || !job.withdrawn) rows.push_back(job);
    }
    std::ranges::stable_partition(rows, [](const JobInfo& job) { return job.begun; });
    const bool same = std::ranges::equal(rows, rows_, {}, &JobInfo::id, &JobInfo::id);
    if (!same) beginResetModel();
    rows_ = std::move(rows);
    if (!same) {
        endResetModel();
    } else if (!rows_.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

engine::JobId QueueModel::job(int row) const {
    return row < 0 || row >= rowCount() ? 0 : rows_[static_cast<size_t>(row)].id;
}

int QueueModel::rowOf(engine::JobId job) const {
    const auto found = std::ranges::find(rows_, job, &JobInfo::id);
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

bool QueueModel::waits(int row) const {
    return row >= 0 && row < rowCount() && !rows_[static_cast<size_t>(row)].begun;
}

bool QueueModel::moveBy(engine::JobId job, int places) {
    const int row = rowOf(job);
    const int to = row + places;
    if (!waits(row) || !waits(to)) return false;
    // Before the row that it moves to, or behind it.
    return engine_.move(job, this->job(places < 0 ? to : to + 1));
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int QueueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const JobInfo& job = rows_[static_cast<size_t>(index.row())];
    if (role == Qt::ToolTipRole && !job.project.isEmpty()) return job.project;
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case JobColumn:
            return job.title;
        case ProjectColumn:
            return job.project.isEmpty() ? QStringLiteral("–") : QFileInfo(job.project).completeBaseName();
        case StateColumn:
            return stateText(job);
        default:
            return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Job"), tr("Project"), tr("State")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::ItemIsDropEnabled;  // between rows
    const auto plain = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return waits(index.row()) ? plain | Qt::ItemIsDragEnabled : plain;
}

QStringList QueueModel::mimeTypes() const {
    return {mime};
}

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const {
    if (indexes.isEmpty()) return nullptr;
    auto* data = new QMimeData;
    data->setData(mime, QByteArray::number(static_cast<qlonglong>(job(indexes.front().row()))));
    return data;
}

bool QueueModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int, const QModelIndex& parent) {
    if (action != Qt::MoveAction || !data || !data->hasFormat(mime)) return false;
    const engine::JobId dragged = data->data(mime).toLongLong();
    if (row < 0) row = parent.isValid() ? parent.row() : rowCount();
    // Queued, because the view still works on the present rows.
    QMetaObject::invokeMethod(
        this, [this, dragged, row] { place(dragged, row); }, Qt::QueuedConnection);
    return true;
}

/// Before the first waiting job at or after that row: nothing can be moved before running jobs.
void QueueModel::place(engine::JobId job, int row) {
    while (row < rowCount() && !waits(row)) ++row;
    engine_.move(job, this->job(row));
}

}  // namespace rest::ui
