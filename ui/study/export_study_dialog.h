// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/study/export_study.h"

class QLineEdit;
class QPushButton;
class QSpinBox;

namespace rest::ui {

class FileField;
class WrapLabel;
struct StudySummary;

/// Whom a file is for, how many clips go into it, and where it is written.
class ExportStudyDialog : public QDialog {
    Q_OBJECT

  public:
    explicit ExportStudyDialog(const StudySummary& study, QWidget* parent = nullptr);
    study::ExportSettings settings() const;
    /// The export failed: restores what was typed before and shows why.
    void setFailed(const study::ExportSettings& typed, const QString& why);

  private:
    void suggestFile();
    void update();

    QString study_name_;
    QString suggested_;
    QLineEdit* annotator_;
    QSpinBox* most_;
    FileField* file_;
    WrapLabel* why_;
    QPushButton* go_;
};

}  // namespace rest::ui
