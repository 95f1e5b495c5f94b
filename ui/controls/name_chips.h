// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace rest::ui {

class FlowLayout;

/// Names of one's own: a field that takes them, a comma or Return apart, and a chip for each, which a click removes.
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
