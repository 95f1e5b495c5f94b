// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <vector>

#include "core/engine/settings/train_settings.h"

class QComboBox;
class QLabel;

namespace rest::ui {

class SettingRow;

/// All settings of a training in the groups of Table 10, generated from setting_infos(); every value is checked while
/// it is typed.
class SettingForm : public QWidget {
    Q_OBJECT

  public:
    explicit SettingForm(QWidget* parent = nullptr);
    /// Takes the values of a built-in preset; the form then marks what differs from it.
    void setPreset(const QString& name);
    /// The same for any preset.
    void usePreset(const engine::TrainSettings& preset);
    /// Marks what differs from it; the values stay.
    void setMarks(const engine::TrainSettings& preset);
    void setSettings(const engine::TrainSettings& settings);
    /// The texts in the rows, by setting, valid or not. setTexts() leaves settings that `texts` lacks unchanged.
    using Texts = QHash<QString, QString>;
    Texts texts() const;
    void setTexts(const Texts& texts);
    bool differsFromPreset() const;
    /// Shows the rows whose name, label or help contains all of these words. Returns how many.
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
    engine::TrainSettings preset_;
    bool valid_ = true;
    bool filling_ = false;
};

}  // namespace rest::ui
