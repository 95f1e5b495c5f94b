// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/evaluation_model.h"

#include <algorithm>
#include <set>

#include "ui/look/format.h"

namespace rest::ui {

void EvaluationModel::setEvaluations(EvaluationList evaluations) {
    std::map<ReportKey, double> figures;
    for (const engine::StoredEvaluation& one : list_.all) {
        if (one.top1) figures[list_.key(one)] = *one.top1;
    }
    beginResetModel();
    carryChoices(evaluations);
    list_ = std::move(evaluations);
    std::set<store::RunId> runs;
    by_default_.clear();
    for (engine::StoredEvaluation& one : list_.all) {
        by_default_.push_back(runs.insert(one.run).second && std::ssize(runs) <= most_by_default);
        const auto known = figures.find(list_.key(one));
        if (!one.top1 && known != figures.end()) one.top1 = known->second;
    }
    endResetModel();
}

void EvaluationModel::carryChoices(const EvaluationList& next) {
    if (chosen_.empty() || next.project != list_.project) return;
    const auto epochs = list_.newestEpochs();
    for (const auto& [run, epoch] : next.newestEpochs()) {
        const auto before = epochs.find(run);
        const ReportKey after{{next.project, run}, epoch};
        if (before == epochs.end() || before->second >= epoch || chosen_.contains(after)) continue;
        if (auto choice = chosen_.extract({after.run, before->second})) {
            choice.key() = after;
            chosen_.insert(std::move(choice));
        }
    }
}

void EvaluationModel::setTop1(ReportKey key, double top1) {
    const QModelIndex changed = indexOf(key);
    if (!changed.isValid()) return;
    list_.all[static_cast<size_t>(changed.row())].top1 = top1;
    Q_EMIT dataChanged(changed, changed, {FigureRole});
}

void EvaluationModel::forgetChoices() {
    chosen_.clear();
}

ReportKey EvaluationModel::key(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    return list_.key(at(index.row()));
}

QModelIndex EvaluationModel::indexOf(ReportKey key) const {
    const engine::StoredEvaluation* found = list_.find(key);
    return found ? index(static_cast<int>(found - list_.all.data())) : QModelIndex();
}

bool EvaluationModel::isChecked(int row) const {
    const auto chosen = chosen_.find(list_.key(at(row)));
    return chosen == chosen_.end() ? by_default_[static_cast<size_t>(row)] : chosen->second;
}

std::vector<ReportKey> EvaluationModel::checked() const {
    std::vector<ReportKey> keys;
    for (int row = 0; row < rowCount(); ++row) {
        if (isChecked(row)) keys.push_back(list_.key(at(row)));
    }
    return keys;
}

ReportKey EvaluationModel::first() const {
    const auto trained = std::ranges::find(list_.all, store::RunKind::training, &engine::StoredEvaluation::kind);
    if (trained != list_.all.end()) return list_.key(*trained);
    return list_.all.empty() ? ReportKey() : list_.key(list_.all.front());
}

int EvaluationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(list_.all.size());
}

QString EvaluationModel::about(const engine::StoredEvaluation& one) const {
    if (one.kind != store::RunKind::training) return tr("baseline · run %1").arg(one.run);
    if (one.step < 0) return tr("run %1 · epoch %2").arg(one.run).arg(one.epoch);
    return tr("run %1 · epoch %2 · step %3").arg(one.run).arg(one.epoch).arg(one.step);
}

QVariant EvaluationModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const engine::StoredEvaluation& one = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return text(one.name);
        case AboutRole:
            return about(one);
        case FigureRole:
            return one.top1 ? tr("%1 %").arg(percentText(*one.top1)) : QString();
        case Qt::AccessibleTextRole:
            return text(one.name) + QStringLiteral(", ") + about(one);
        case Qt::ToolTipRole:
            return tr("%1\n%2\nTicked: included in the summary").arg(text(one.name), about(one));
        case Qt::CheckStateRole:
            return isChecked(index.row()) ? Qt::Checked : Qt::Unchecked;
        default:
            return {};
    }
}

bool EvaluationModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !index.isValid()) return false;
    chosen_[key(index)] = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

Qt::ItemFlags EvaluationModel::flags(const QModelIndex& index) const {
    return QAbstractListModel::flags(index) | Qt::ItemIsUserCheckable;
}

}  // namespace rest::ui
