// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

#include "core/engine/run/clip_changes.h"

namespace rest::ui {

/// Asks what a resumed run shall do with its clips that are gone or have changed; it names them. Deletes itself.
class ResumeQuestion : public QMessageBox {
    Q_OBJECT

  public:
    ResumeQuestion(const engine::ClipChanges& changes, QWidget* parent);

  Q_SIGNALS:
    /// The run shall go on so. Nothing is told when the question is put away.
    void chosen(rest::engine::ChangedClips choice);

  private:
    QPushButton* leave_out_;
    QPushButton* take_changed_ = nullptr;  // where there are changed ones
};

}  // namespace rest::ui
