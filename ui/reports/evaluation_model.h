// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <map>
#include <vector>

#include "ui/reports/report.h"

namespace rest::ui {

/// What the project has measured. The box before each says whether it stands in the summary: without the user's word,
/// the newest epoch of every run does.
class EvaluationModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { AboutRole = Qt::UserRole, FigureRole };
    using QAbstractListModel::QAbstractListModel;

    void setEvaluations(std::vector<engine::StoredEvaluation> evaluations);
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
    bool isChecked(int row) const;
    QString about(const engine::StoredEvaluation& one) const;

    static constexpr int most_by_default = 12;  // in the summary, so that it is read at a glance
    std::vector<engine::StoredEvaluation> evaluations_;
    std::vector<bool> by_default_;
    std::map<ReportKey, bool> chosen_;
};

}  // namespace rest::ui
