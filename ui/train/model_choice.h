// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/session/background.h"

namespace rest::ui {

class FolderField;
class ProjectSession;
class WrapLabel;

/// The captioner and the CLIP of the project that is open: a path, or one of the models on this machine. Whether those
/// chosen can be used is looked at as soon as they are.
class ModelChoice : public QWidget {
    Q_OBJECT

  public:
    explicit ModelChoice(ProjectSession& session, QWidget* parent = nullptr);
    /// What the check of the models that were chosen last says; empty before one was chosen.
    QString message() const;

  Q_SIGNALS:
    void moreRequested();  // than are here

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void take();
    void choose();
    void check();
    void offer();

    ProjectSession& session_;
    FolderField* captioner_;
    FolderField* clip_;
    WrapLabel* line_;
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
