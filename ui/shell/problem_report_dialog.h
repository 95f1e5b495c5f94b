// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/bundle/debug_bundle.h"
#include "ui/study/study_work.h"

class QPushButton;

namespace rest::ui {

class FileField;
class WrapLabel;

/// Explains what a problem report contains and what it does not, writes it to the chosen file, and then offers to open
/// the folder. Written on a separate thread; closing the dialog stops it.
class ProblemReportDialog : public QDialog {
    Q_OBJECT

  public:
    /// `project`: the report's subject, empty for none. Names of the annotators of `others` are redacted too.
    ProblemReportDialog(const QString& project, const QStringList& others, QWidget* parent = nullptr);

    bool saving() const { return work_.running(); }

  private:
    void makeForm();
    void refresh();
    void save();
    void saved(const bundle::SavedBundle& bundle);
    void openFolder();

    QString project_;
    QStringList others_;
    StudyWork work_;
    FileField* file_;
    WrapLabel* outcome_;
    QPushButton* cancel_;
    QPushButton* go_;
    QPushButton* folder_;
};

/// Opens the dialog over `parent`, which owns it; the other projects are the recent ones.
QDialog* openProblemReport(const QString& project, QWidget* parent);

}  // namespace rest::ui
