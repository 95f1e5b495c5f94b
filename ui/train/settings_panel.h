// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>
#include <functional>

#include "core/engine/settings/train_settings.h"
#include "ui/train/setting_form.h"

class QComboBox;
class QLineEdit;
class QTimer;

namespace rest::ui {

class ModelChoice;
class ProjectSession;

/// The settings of a training: a preset, the models, and every setting with a search box above. They belong to the open
/// project and are restored with it. Whatever replaces typed values can be undone.
class SettingsPanel : public QWidget {
    Q_OBJECT

  public:
    explicit SettingsPanel(ProjectSession& session, QWidget* parent = nullptr);
    ~SettingsPanel() override;
    SettingForm* form() const { return form_; }
    QComboBox* presetChoice() const { return preset_; }
    ModelChoice* models() const { return models_; }

    /// As if the user chose it in the list: "paper", "demo", or one of the user's own.
    void choosePreset(const QString& name);
    /// Takes these settings; `whose` names their origin, worded for the middle of a sentence.
    void take(const engine::TrainSettings& settings, const QString& whose);
    void savePreset(const QString& name);
    void deletePreset(const QString& name);
    void exportTo(const QString& file);
    void importFrom(const QString& file);

  Q_SIGNALS:
    void changed();
    void failed(const QString& message, const QString& remedy);
    void told(const QString& message);
    void undoOffered(const QString& message, const QString& detail, const std::function<void()>& undo);

  private:
    struct State {
        QString preset;
        SettingForm::Texts texts;
    };
    QWidget* makePresetRow();
    void fillPresets(const QString& current);
    void askForName();
    void askForFile(bool save);
    void recall();
    void noteChange();
    void keep();
    State state() const;
    void restore(const State& state);
    /// Offers to undo, with `message`, if the settings now differ from those before.
    void offerUndo(const State& before, const QString& message);
    template <class Act>
    void guarded(Act act);

    ProjectSession& session_;
    QComboBox* preset_;
    QLineEdit* search_;
    ModelChoice* models_;
    SettingForm* form_;
    QString project_;  // whose settings these are
    QTimer* save_;
    bool dirty_ = false;  // changed since the project's settings were read or stored
};

}  // namespace rest::ui
