// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace rest::ui {

class FacetModel;

/// A facet: its name, and its options with their counts. A click, Space or Return ticks one. Long lists scroll and can
/// be searched; the whole facet hides while it has nothing to choose.
class FacetList : public QWidget {
    Q_OBJECT

  public:
    explicit FacetList(const QString& title, QWidget* parent = nullptr);
    FacetModel* model() const { return model_; }
    QListView* view() const { return view_; }

  private:
    void fit();

    FacetModel* model_;
    QLineEdit* search_;
    QListView* view_;
};

}  // namespace rest::ui
