// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

#include "ui/controls/key_help.h"

namespace rest::ui {

/// Keys under a heading.
struct KeyGroup {
    QString title;
    QList<KeyHelp> keys;
};

/// The keys that there are, by where they work.
class ShortcutDialog : public QDialog {
    Q_OBJECT

  public:
    explicit ShortcutDialog(const QList<KeyGroup>& groups, QWidget* parent = nullptr);
};

}  // namespace rest::ui
