// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <vector>

namespace rest::ui {

/// A row of a bar chart.
struct Bar {
    QString name;
    QString figure;  // at the right: "63.9 %"
    QString note;    // muted, beside the figure: "6 clips"
    QString tip;
    double share = 0;     // 0..1 of the bar's full width
    bool strong = true;   // drawn in the accent colour, else faint
    bool marked = false;  // has a tick before its name
    int id = -1;
};

class BarModel : public QAbstractListModel {
    Q_OBJECT

  public:
    enum Role { BarRole = Qt::UserRole };
    using QAbstractListModel::QAbstractListModel;
    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return bars_; }
    QModelIndex indexOf(int id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    std::vector<Bar> bars_;
};

}  // namespace rest::ui

Q_DECLARE_METATYPE(rest::ui::Bar)
