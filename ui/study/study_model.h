// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include "ui/study/study_summary.h"

namespace rest::ui {

/// The studies of a project, for a list.
class StudyModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { ProgressRole = Qt::UserRole, ShareRole, ProblemRole };
    using QAbstractListModel::QAbstractListModel;
    void setStudies(std::vector<StudySummary> studies);
    const StudySummary* study(int row) const;
    int rowOf(const std::filesystem::path& file) const;  // -1 unknown

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    std::vector<StudySummary> studies_;
};

}  // namespace rest::ui
