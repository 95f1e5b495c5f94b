// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <map>
#include <vector>

#include "ui/reports/report.h"

namespace rest::ui {

/// What the project has measured. The box before each says whether it stands in the summary: without the user's word,
/// the newest epoch of every run does. What the user said of a run's newest epoch holds for the epoch after it.
class EvaluationModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { AboutRole = Qt::UserRole, FigureRole };
    using QAbstractListModel::QAbstractListModel;

    void setEvaluations(EvaluationList evaluations);
    const EvaluationList& evaluations() const { return list_; }
    /// A figure for evaluations whose curve has none.
    void setTop1(ReportKey key, double top1);
    void forgetChoices();

    ReportKey key(const QModelIndex& index) const;
    QModelIndex indexOf(ReportKey key) const;
    std::vector<ReportKey> checked() const;
    /// What to show first: the newest epoch of the newest trained run, else whatever is newest.
    ReportKey first() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  private:
    const engine::StoredEvaluation& at(int row) const { return list_.all[static_cast<size_t>(row)]; }
    bool isChecked(int row) const;
    void carryChoices(const EvaluationList& next);
    QString about(const engine::StoredEvaluation& one) const;

    static constexpr int most_by_default = 12;  // in the summary, so that it is read at a glance
    EvaluationList list_;
    std::vector<bool> by_default_;
    std::map<ReportKey, bool> chosen_;
};

}  // namespace rest::ui
