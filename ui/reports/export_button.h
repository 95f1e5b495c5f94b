// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace rest::ui {

class ReportPanel;

/// Takes the table and the chart of the tab that is shown out of the program.
class ExportButton : public QPushButton {
    Q_OBJECT

  public:
    explicit ExportButton(QWidget* parent = nullptr);
    void setPanel(ReportPanel* panel, const QString& name);
    /// By the file's ending: .csv, .json, .tex, .png, .svg or .pdf. False, with a signal, when it could not be written.
    bool save(const QString& file);
    void copyTable();
    void copyPicture();

  Q_SIGNALS:
    void saved(const QString& file);
    void failed(const QString& message);

  private:
    void updateActions();
    void ask(const QString& ending, const QString& kind);
    QList<QAction*> table_actions_;
    QList<QAction*> picture_actions_;
    ReportPanel* panel_ = nullptr;
    QString name_;  // what a file is called at first
};

}  // namespace rest::ui
