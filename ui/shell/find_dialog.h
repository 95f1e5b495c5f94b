// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace rest::ui {

/// Something to go to or to do, and where it is from.
struct Finding {
    QString name;
    QString kind;  // "Page", "Setting"
    std::function<void()> go;
};

/// A line to type into, with what is found under it: arrows choose, Return goes there.
class FindDialog : public QDialog {
    Q_OBJECT

  public:
    /// `fixed` are searched by the words that are typed, all of which must occur; `more` finds others by them, and is
    /// asked with an empty text too.
    FindDialog(std::vector<Finding> fixed, std::function<std::vector<Finding>(const QString& words)> more,
               QWidget* parent = nullptr);
    QLineEdit* field() const { return field_; }
    QListWidget* list() const { return list_; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fill(const QString& words);
    void go();

    QLineEdit* field_;
    QListWidget* list_;
    std::vector<Finding> fixed_;
    std::function<std::vector<Finding>(const QString&)> more_;
    std::vector<Finding> shown_;
};

}  // namespace rest::ui
