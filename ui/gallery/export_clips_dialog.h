// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/gallery/export_clips.h"

class QButtonGroup;
class QPushButton;

namespace rest::ui {

class FileField;
class WrapLabel;

/// Asks which clips go where, and how.
class ExportClipsDialog : public QDialog {
    Q_OBJECT

  public:
    struct Choice {
        bool selected_only = false;
        gallery::ExportSettings settings;
    };
    /// `name`: what the folder is proposed to be called.
    ExportClipsDialog(qint64 shown, qint64 selected, const QString& name, QWidget* parent = nullptr);

    Choice choice() const;
    /// Stands there as it was typed, with why it failed.
    void setFailed(const Choice& typed, const QString& why);

  private:
    QButtonGroup* which_;
    QButtonGroup* files_;
    FileField* folder_;
    WrapLabel* why_;
    QPushButton* go_;
};

}  // namespace rest::ui
