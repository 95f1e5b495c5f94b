// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/session/long_work.h"

class QComboBox;
class QPushButton;

namespace rest::interchange {
struct ExportResult;
}

namespace rest::ui {

class FileField;
class RunModel;
class WrapLabel;

/// Writes a run in a form that other tools read (core/interchange). Runs on its own thread beside any training; closing
/// the dialog cancels it, leaving nothing.
class ExportRunDialog : public QDialog {
    Q_OBJECT

  public:
    /// `runs`: of the project; what the list shows when the dialog opens is what can be chosen.
    ExportRunDialog(const QString& project, const RunModel& runs, QWidget* parent = nullptr);

    bool exporting() const { return work_.running(); }

  private:
    void makeForm();
    void formatChosen();
    void refresh();
    void write();
    void written(const interchange::ExportResult& result);
    QString suggestedPath() const;

    QString project_;
    LongWork work_;
    QComboBox* run_;
    QComboBox* format_;
    WrapLabel* help_;
    FileField* out_;
    WrapLabel* outcome_;
    QPushButton* close_;
    QPushButton* go_;
    QString suggested_;
};

}  // namespace rest::ui
