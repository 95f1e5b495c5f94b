// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QAction;

namespace rest::ui {

class ReportPanel;

/// Exports the table and the chart of the visible tab.
class ExportButton : public QPushButton {
    Q_OBJECT

  public:
    explicit ExportButton(QWidget* parent = nullptr);
    void setPanel(ReportPanel* panel, const QString& name);
    /// By the file's extension: .csv, .json, .tex, .png, .svg or .pdf. False, with a signal, if writing fails.
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
    QString name_;  // the suggested file name
};

}  // namespace rest::ui
