// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

#include "core/engine/run/clip_changes.h"

namespace rest::ui {

/// Asks what a resumed run should do about its clips that are missing or have changed; it names them. Deletes itself.
class ResumeQuestion : public QMessageBox {
    Q_OBJECT

  public:
    ResumeQuestion(const engine::ClipChanges& changes, QWidget* parent);

  Q_SIGNALS:
    /// How the run should continue. Not emitted if the question is dismissed.
    void chosen(rest::engine::ChangedClips choice);

  private:
    QPushButton* leave_out_;
    QPushButton* take_changed_ = nullptr;  // if there are changed clips
};

}  // namespace rest::ui
