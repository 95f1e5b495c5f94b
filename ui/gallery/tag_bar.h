// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/store/tag_records.h"

class QToolButton;

namespace rest::ui {

class ClipBook;
class FlowLayout;

/// The tags as buttons with their number keys and how many of the clips shown have each. A button puts its tag on the
/// clips that are chosen, or takes it off where all have it.
class TagBar : public QWidget {
    Q_OBJECT

  public:
    explicit TagBar(ClipBook& book, QWidget* parent = nullptr);
    /// Rows of the book's table that a button works on.
    void setChosen(std::vector<int> table_rows);

  Q_SIGNALS:
    void tagPressed(qint64 tag);
    void editRequested();

  private:
    void fill();
    void refresh();

    ClipBook& book_;
    FlowLayout* flow_;
    std::vector<QToolButton*> buttons_;  // of the book's tags, in their order
    std::vector<store::Tag> tags_;       // as they stand on the buttons
    std::vector<int> chosen_;
};

}  // namespace rest::ui
