// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/engine/settings/train_settings.h"

class QComboBox;
class QLabel;

namespace rest::ui {

class SettingRow;

/// All settings of a training in the groups of Table 10, made from setting_infos(); every value is checked as it is
/// typed.
class SettingForm : public QWidget {
    Q_OBJECT

  public:
    explicit SettingForm(QWidget* parent = nullptr);
    /// Takes the values of a preset; the form then marks what differs from it.
    void setPreset(const QString& name);
    void setSettings(const engine::TrainSettings& settings);
    /// The last valid values.
    const engine::TrainSettings& settings() const { return settings_; }
    bool valid() const { return valid_; }
    SettingRow* row(const std::string& name) const;

  Q_SIGNALS:
    void changed();

  private:
    void check();

    std::vector<SettingRow*> rows_;
    QLabel* contradiction_;
    engine::TrainSettings settings_;
    engine::TrainSettings preset_;
    bool valid_ = true;
    bool filling_ = false;
};

}  // namespace rest::ui
