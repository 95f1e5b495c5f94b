// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <vector>

#include "ui/controls/bar_model.h"
#include "ui/look/picture.h"

namespace rest::ui {

/// Horizontal bars with names, one a line: 24 and 400 are read alike, the longer list scrolls. The whole chart can be
/// taken as a picture, however little of it is on the screen.
class BarList : public QListView {
    Q_OBJECT

  public:
    explicit BarList(QWidget* parent = nullptr);
    void setBars(std::vector<Bar> bars);
    const std::vector<Bar>& bars() const { return model_->bars(); }
    /// -1 when there is none.
    int current() const;
    void setCurrent(int id);
    Picture picture(const QString& title) const;

  Q_SIGNALS:
    void chosen(int id);

  private:
    BarModel* model_;
};

}  // namespace rest::ui
