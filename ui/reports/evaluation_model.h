// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <map>
#include <vector>

#include "ui/reports/report.h"

namespace rest::ui {

/// The project's evaluations. The box of each says whether it is in the summary: unless the user chose otherwise, the
/// newest epoch of every run is. The user's choice for a run's newest epoch carries over to the next epoch.
class EvaluationModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { AboutRole = Qt::UserRole, FigureRole };
    using QAbstractListModel::QAbstractListModel;

    void setEvaluations(EvaluationList evaluations);
    const EvaluationList& evaluations() const { return list_; }
    /// The top-1 of an evaluation whose curve has no value.
    void setTop1(ReportKey key, double top1);
    void forgetChoices();

    ReportKey key(const QModelIndex& index) const;
    QModelIndex indexOf(ReportKey key) const;
    std::vector<ReportKey> checked() const;
    /// What to show first: the newest epoch of the newest trained run, else the newest evaluation.
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

    static constexpr int most_by_default = 12;  // in the summary, to keep it readable at a glance
    EvaluationList list_;
    std::vector<bool> by_default_;
    std::map<ReportKey, bool> chosen_;
};

}  // namespace rest::ui
