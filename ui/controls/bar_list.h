// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <vector>

#include "ui/controls/bar_model.h"
#include "ui/look/picture.h"

namespace rest::ui {

/// Horizontal bars with names, one per line: 24 and 400 look alike, the longer list scrolls. picture() holds the whole
/// chart, however little of it is visible.
class BarList : public QListView {
    Q_OBJECT

  public:
    explicit BarList(QWidget* parent = nullptr);
    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return model_->bars(); }
    /// -1 if there is none.
    int current() const;
    void setCurrent(int id);
    Picture picture(const QString& title) const;

  Q_SIGNALS:
    void chosen(int id);

  private:
    BarModel* model_;
};

}  // namespace rest::ui
