// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <vector>

#include "core/engine/settings/train_settings.h"

class QLabel;

namespace rest::ui {

class SettingRow;

/// All settings of a training in the groups of Table 10, made from setting_infos(); every value is checked as it is
/// typed.
class SettingForm : public QWidget {
    Q_OBJECT

  public:
    explicit SettingForm(QWidget* parent = nullptr);
    /// Takes the values of a preset of the program; the form then marks what differs from it.
    void setPreset(const QString& name);
    /// The same of any preset.
    void usePreset(const engine::TrainSettings& preset);
    /// What differs from it is marked; the values stay.
    void setMarks(const engine::TrainSettings& preset);
    void setSettings(const engine::TrainSettings& settings);
    /// What stands in the rows, by setting, be it valid or not; and back. Settings that `texts` lacks stay.
    using Texts = QHash<QString, QString>;
    Texts texts() const;
    void setTexts(const Texts& texts);
    bool differsFromPreset() const;
    /// Shows the rows in whose name, label or help all of these words occur. Returns how many.
    int filter(const QString& words);
    /// The last valid values.
    const engine::TrainSettings& settings() const { return settings_; }
    bool valid() const { return valid_; }
    SettingRow* row(const std::string& name) const;

  Q_SIGNALS:
    void changed();

  private:
    void check();

    struct Group {
        QWidget* title;
        std::vector<SettingRow*> rows;
    };
    std::vector<SettingRow*> rows_;
    std::vector<Group> groups_;
    QLabel* contradiction_;
    engine::TrainSettings settings_;
    bool valid_ = true;
    bool filling_ = false;
};

}  // namespace rest::ui
