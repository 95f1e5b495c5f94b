// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace rest::ui {

/// Which version this is, whose method it implements, its licence and those of what it is made of.
class AboutDialog : public QDialog {
    Q_OBJECT

  public:
    explicit AboutDialog(QWidget* parent = nullptr);
    /// "REST Studio 1.2, Qt 6.4.2 …", for a report.
    static QString versionLine();
};

}  // namespace rest::ui
