// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>

#include "core/engine/queue/events.h"
#include "ui/train/check_memory.h"

namespace rest::ui {

class CheckPanel;
class EngineClient;
class ProjectSession;
class SettingForm;

/// The check of the settings in the form: asked for, shown, kept with its project and shown again when that is opened.
class SettingsCheck : public QObject {
    Q_OBJECT

  public:
    /// All must outlive it.
    SettingsCheck(ProjectSession& session, EngineClient& engine, const SettingForm& form, CheckPanel& panel,
                  QObject* parent = nullptr);
    /// Of the settings as they are now; one of other settings that still runs is cancelled.
    void start();

  private:
    void show(const CheckMemory& found);
    void showWaiting();
    void showAge();
    void recall();
    void jobFinished(const engine::JobFinished& result);

    ProjectSession& session_;
    EngineClient& engine_;
    const SettingForm& form_;
    CheckPanel& panel_;
    engine::JobId job_ = 0;             // of the project that is open
    std::optional<CheckMemory> shown_;  // nothing while another is awaited, or after it has failed
};

}  // namespace rest::ui
