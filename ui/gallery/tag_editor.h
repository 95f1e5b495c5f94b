// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

#include "core/store/tag_records.h"

class QLineEdit;
class QListWidget;
class QToolButton;

namespace rest::ui {

class ClipBook;
class TagWriter;
class WrapLabel;

/// The project's tags: added, renamed, coloured, ordered and removed. Every change is written at once; the first nine
/// have the number keys.
class TagEditor : public QDialog {
    Q_OBJECT

  public:
    TagEditor(ClipBook& book, TagWriter& writer, QWidget* parent = nullptr);

  private:
    void fill();
    void add();
    void rename(int row, const QString& name);
    void recolour(int colour);
    void move(int by);
    void removeTag();
    const store::Tag* current() const;

    ClipBook& book_;
    TagWriter& writer_;
    std::vector<store::Tag> tags_;  // as they are listed
    QListWidget* list_;
    QLineEdit* name_;
    QLineEdit* who_;
    WrapLabel* why_;
    QToolButton* colour_;
    QToolButton* up_;
    QToolButton* down_;
    QToolButton* remove_;
    bool filling_ = false;
};

}  // namespace rest::ui
