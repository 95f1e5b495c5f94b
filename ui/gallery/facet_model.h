// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QColor>
#include <functional>
#include <set>
#include <vector>

namespace rest::ui {

/// Something that a filter may ask for, and how many clips it would show.
struct FacetOption {
    qint64 key = 0;
    QString name;
    QString tip;
    QColor dot;  // before the name; invalid: none
    qint64 count = 0;
};

/// The options of one facet, ticked or not. What is found by name alone can be shown.
class FacetModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { CountRole = Qt::UserRole, DotRole, KeyRole };
    using QAbstractListModel::QAbstractListModel;

    /// Ticks stay on what is there still.
    void setOptions(std::vector<FacetOption> options);
    void setCounts(const std::function<qint64(qint64 key)>& count);
    const std::set<qint64>& ticked() const { return ticked_; }
    /// Without toggled().
    void setTicked(const std::set<qint64>& keys);
    void toggle(const QModelIndex& index);
    /// Only names in which the words occur.
    void setWords(const QString& words);
    int options() const { return static_cast<int>(options_.size()); }
    QModelIndex indexOf(qint64 key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  Q_SIGNALS:
    void toggled();

  private:
    void find();
    const FacetOption& at(int row) const { return options_[static_cast<size_t>(rows_[static_cast<size_t>(row)])]; }

    std::vector<FacetOption> options_;
    std::vector<int> rows_;  // of the options that are shown
    std::set<qint64> ticked_;
    QString words_;
};

}  // namespace rest::ui
