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
            group = info.group;
            QLabel* title = sectionTitle(text(group));
            if (!groups_.empty()) title->setContentsMargins(0, gap, 0, 0);
            layout->addWidget(title);
            groups_.push_back({title, {}});
        }
        auto* row = new SettingRow(info);
        layout->addWidget(row);
        groups_.back().rows.push_back(row);
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
    usePreset(engine::preset(name.toStdString()));
}

void SettingForm::usePreset(const engine::TrainSettings& preset) {
    setMarks(preset);
    setSettings(preset);
}

void SettingForm::setMarks(const engine::TrainSettings& preset) {
    for (SettingRow* row : rows_) row->setPresetValue(text(engine::setting_text(preset, row->name())));
}

void SettingForm::setSettings(const engine::TrainSettings& settings) {
    Texts texts;
    for (const SettingRow* row : rows_) texts[text(row->name())] = text(engine::setting_text(settings, row->name()));
    setTexts(texts);
}

SettingForm::Texts SettingForm::texts() const {
    Texts texts;
    for (const SettingRow* row : rows_) texts[text(row->name())] = row->value();
    return texts;
}

void SettingForm::setTexts(const Texts& texts) {
    filling_ = true;
    for (SettingRow* row : rows_) {
        const auto value = texts.find(text(row->name()));
        if (value != texts.end()) row->setValue(*value);
    }
    filling_ = false;
    check();
}

bool SettingForm::differsFromPreset() const {
    return std::ranges::any_of(rows_, [](const SettingRow* row) { return row->differs(); });
}

int SettingForm::filter(const QString& words) {
    const QStringList wanted = words.split(QChar(' '), Qt::SkipEmptyParts);
    int shown = 0;
    for (const Group& group : groups_) {
        bool any = false;
        for (SettingRow* row : group.rows) {
            const bool fits = std::ranges::all_of(wanted, [row](const QString& word) { return row->mentions(word); });
            row->setVisible(fits);
            any = any || fits;
            shown += fits ? 1 : 0;
        }
        group.title->setVisible(any);
    }
    return shown;
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
