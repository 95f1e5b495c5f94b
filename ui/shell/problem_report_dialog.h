// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/bundle/debug_bundle.h"
#include "ui/session/long_work.h"

class QPushButton;

namespace rest::ui {

class FileField;
class WrapLabel;

/// Tells what goes into a report about a problem and what does not, writes it where it is told to, and then offers the
/// folder. Written on a thread of its own; closing the dialog stops it.
class ProblemReportDialog : public QDialog {
    Q_OBJECT

  public:
    /// `project`: what it is about, empty for none. Names of the annotators of `others` are taken out too.
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
    LongWork work_;
    FileField* file_;
    WrapLabel* outcome_;
    QPushButton* cancel_;
    QPushButton* go_;
    QPushButton* folder_;
};

/// Opens the dialog over `parent`, which owns it; recent projects are the others.
QDialog* openProblemReport(const QString& project, QWidget* parent);

}  // namespace rest::ui
