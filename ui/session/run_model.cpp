// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_model.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "core/engine/settings/train_settings.h"
#include "ui/look/format.h"
#include "ui/look/sort_role.h"

namespace rest::ui {

int totalEpochs(const store::RunRecord& run) {
    try {
        return static_cast<int>(engine::settings_from_json(run.settings_json).optimisation.epochs);
    } catch (const Error&) {
        return 0;
    }
}

bool resumable(const store::RunRecord& run) {
    return run.status != store::RunStatus::finished && run.status != store::RunStatus::prepared;
}

RunModel::RunModel(QObject* parent) : QAbstractTableModel(parent) {}

void RunModel::setRuns(std::filesystem::path project, std::vector<store::RunRecord> oldest_first) {
    std::ranges::reverse(oldest_first);
    const bool same = project_ == project &&
                      std::ranges::equal(runs_, oldest_first, {}, &store::RunRecord::id, &store::RunRecord::id);
    if (!same) beginResetModel();
    project_ = std::move(project);
    runs_ = std::move(oldest_first);
    if (!same) {
        endResetModel();
    } else if (!runs_.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

const store::RunRecord* RunModel::run(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &runs_[static_cast<size_t>(row)];
}

store::RunRef RunModel::ref(int row) const {
    const store::RunRecord* found = run(row);
    return found ? store::RunRef{project_, found->id} : store::RunRef();
}

int RunModel::rowOf(const store::RunRef& wanted) const {
    if (wanted.project != project_) return -1;
    const auto found = std::ranges::find(runs_, wanted.id, &store::RunRecord::id);
    return found == runs_.end() ? -1 : static_cast<int>(found - runs_.begin());
}

int RunModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(runs_.size());
}
int RunModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunModel::data(const QModelIndex& index, int role) const {
    const store::RunRecord* record = run(index.row());
    if (!record) return {};
    if (role == Qt::ToolTipRole && !record->message.empty()) return text(record->message);
    if (role == sort_role) {
        if (index.column() == EpochColumn) return record->epoch;
        if (index.column() == CreatedColumn) return text(record->created);  // ISO 8601
        return {};
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case NameColumn:
            return QStringLiteral("%1 · %2").arg(record->id).arg(text(record->name));
        case StatusColumn:
            return text(store::to_string(record->status));
        case EpochColumn:
            return tr("%1 of %2").arg(record->epoch).arg(totalEpochs(*record));
        case StepColumn:
            return record->step < 0 ? QStringLiteral("–") : QString::number(record->step);
        case CreatedColumn: {
            const QDateTime created = QDateTime::fromString(text(record->created), Qt::ISODate);
            return created.isValid() ? QLocale().toString(created.toLocalTime(), QLocale::ShortFormat)
                                     : text(record->created);
        }
        case MessageColumn:
            return text(record->message);
        default:
            return {};
    }
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Run"), tr("Status"), tr("Epochs"), tr("Step"), tr("Started"), tr("Message")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

}  // namespace rest::ui
