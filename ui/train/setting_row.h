// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/engine/settings/train_settings.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace rest::ui {

/// One setting of the form: label, editor, and a button that appears when the value differs from the preset's.
class SettingRow : public QWidget {
    Q_OBJECT

  public:
    explicit SettingRow(const engine::SettingInfo& info, QWidget* parent = nullptr);
    const std::string& name() const { return info_.name; }
    QString value() const;
    void setValue(const QString& value);
    /// The value that the button restores.
    void setPresetValue(const QString& value);
    bool differs() const { return value() != preset_; }
    /// Whether the setting's name, group, label or help contains the word, ignoring case.
    bool mentions(const QString& word) const;
    void setError(const QString& error);  // empty: none

  Q_SIGNALS:
    void edited();

  private:
    QWidget* makeEditor();
    void updateMark();

    const engine::SettingInfo& info_;
    QLineEdit* line_ = nullptr;
    QCheckBox* check_ = nullptr;
    QComboBox* choice_ = nullptr;
    QToolButton* reset_;
    QLabel* error_;
    QString preset_;
};

}  // namespace rest::ui
