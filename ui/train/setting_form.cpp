// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/setting_form.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/train/setting_row.h"

namespace rest::ui {

SettingForm::SettingForm(QWidget* parent) : QWidget(parent), contradiction_(new QLabel) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, gap, 0);
    layout->setSpacing(small_gap);
    std::string group;
    for (const engine::SettingInfo& info : engine::setting_infos()) {
        if (info.group != group) {
            if (!group.empty()) layout->addSpacing(gap);
            group = info.group;
            layout->addWidget(sectionTitle(text(group)));
        }
        auto* row = new SettingRow(info);
        layout->addWidget(row);
        rows_.push_back(row);
        connect(row, &SettingRow::edited, this, &SettingForm::check);
    }
    setTone(contradiction_, "bad");
    contradiction_->setWordWrap(true);
    contradiction_->hide();
    layout->addWidget(contradiction_);
    layout->addStretch();
    setSettings({});
}

SettingRow* SettingForm::row(const std::string& name) const {
    const auto found = std::ranges::find(rows_, name, [](const SettingRow* row) { return row->name(); });
    return found == rows_.end() ? nullptr : *found;
}

void SettingForm::setPreset(const QString& name) {
    preset_ = engine::preset(name.toStdString());
    setSettings(preset_);
}

void SettingForm::setSettings(const engine::TrainSettings& settings) {
    filling_ = true;
    for (SettingRow* row : rows_) {
        row->setPresetValue(text(engine::setting_text(preset_, row->name())));
        row->setValue(text(engine::setting_text(settings, row->name())));
    }
    filling_ = false;
    check();
}

void SettingForm::check() {
    if (filling_) return;
    engine::TrainSettings settings = settings_;
    bool valid = true;
    for (SettingRow* row : rows_) {
        try {
            engine::set_setting(settings, row->name(), row->value().toStdString());
            row->setError({});
        } catch (const Error& error) {
            row->setError(text(error.what()));
            valid = false;
        }
    }
    QString contradiction;
    if (valid) {
        try {
            engine::check_settings(settings);
            settings_ = settings;
        } catch (const Error& error) {
            contradiction = text(error.full_text());
            valid = false;
        }
    }
    contradiction_->setText(contradiction);
    contradiction_->setVisible(!contradiction.isEmpty());
    valid_ = valid;
    Q_EMIT changed();
}

}  // namespace rest::ui
