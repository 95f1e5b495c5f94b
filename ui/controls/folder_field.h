// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace rest::ui {

/// A folder or file by its path: type it, drop it or pick it. Empty means what the placeholder says.
class FolderField : public QWidget {
    Q_OBJECT

  public:
    FolderField(const QString& label, const QString& placeholder, const QString& help, QWidget* parent = nullptr);
    QString path() const;
    void setPath(const QString& path);

  Q_SIGNALS:
    void chosen();  // editing is finished and the path differs from the one set

  private:
    void finish();
    QLineEdit* line_;
    QString label_;
    QString last_;
};

}  // namespace rest::ui
