// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace rest::ui {

class FlowLayout;

/// The user's own names: a field that takes them, separated by comma or Return, and a chip for each, removed by a
/// click.
class NameChips : public QWidget {
    Q_OBJECT

  public:
    explicit NameChips(const QString& placeholder, QWidget* parent = nullptr);
    const QStringList& names() const { return names_; }
    void setNames(const QStringList& names);
    QLineEdit* field() const { return field_; }

  Q_SIGNALS:
    void changed();

  private:
    void take();
    void remove(const QString& name);
    void fill();

    QStringList names_;
    QLineEdit* field_;
    QWidget* chips_;
    FlowLayout* flow_;
};

}  // namespace rest::ui
