// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/session/background.h"

namespace rest::ui {

class FolderField;
class ProjectSession;
class WrapLabel;

/// The captioner and the CLIP of the open project: a path, or one of the models on this machine. Checks whether the
/// chosen ones can be used as soon as they are chosen.
class ModelChoice : public QWidget {
    Q_OBJECT

  public:
    explicit ModelChoice(ProjectSession& session, QWidget* parent = nullptr);
    /// The result of checking the models that were chosen last; empty before one was chosen.
    QString message() const;

  Q_SIGNALS:
    void moreRequested();  // than are on this machine

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
