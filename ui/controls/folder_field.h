// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QMenu;
class QToolButton;

namespace rest::ui {

/// A folder or file by its path: type it, drop it or pick it, or take one of the names that are offered. Empty means
/// what the placeholder says.
class FolderField : public QWidget {
    Q_OBJECT

  public:
    FolderField(const QString& label, const QString& placeholder, const QString& help, QWidget* parent = nullptr);
    QString path() const;
    void setPath(const QString& path);
    /// Names to choose from, and below them an entry `more`, which emits moreRequested().
    void setOffers(const QStringList& names, const QString& more);

  Q_SIGNALS:
    void moreRequested();
    void chosen();  // editing is finished and the path differs from the one set

  private:
    void finish();
    QLineEdit* line_;
    QToolButton* offer_;
    QMenu* offers_;
    QString label_;
    QString last_;
};

}  // namespace rest::ui
