// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace rest::ui {

/// The default folder for exported files: the user's documents, or the home folder if there is no such folder.
QString folderToSaveIn();

/// A file by its path: type it or pick it. Empty means what the placeholder says.
class FileField : public QWidget {
    Q_OBJECT

  public:
    /// `filter` as in QFileDialog. `save`: the file is to be created.
    FileField(const QString& label, const QString& placeholder, const QString& filter, bool save = false,
              QWidget* parent = nullptr);
    QString path() const;
    void setPath(const QString& path);

  Q_SIGNALS:
    void edited();

  private:
    void pick();
    QLineEdit* line_;
    QString label_;
    QString filter_;
    bool save_;
};

}  // namespace rest::ui
