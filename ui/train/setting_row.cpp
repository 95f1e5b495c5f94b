// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/setting_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/controls/basics.h"
#include "ui/controls/elided.h"
#include "ui/controls/help_topic.h"
#include "ui/look/format.h"

namespace rest::ui {

SettingRow::SettingRow(const engine::SettingInfo& info, QWidget* parent)
    : QWidget(parent), info_(info), reset_(toolButton(QStringLiteral("reset"), {})), error_(new QLabel) {
    auto* label = new QLabel(text(info.label));
    QWidget* editor = makeEditor();
    label->setBuddy(editor);
    const QString tip = QStringLiteral("<p><b>%1</b><br>%2</p><p><code>%3</code></p>")
                            .arg(text(info.label).toHtmlEscaped(), text(info.help).toHtmlEscaped(), text(info.name));
    setToolTip(tip);
    setHelpTopic(this, {QStringLiteral("settings"), text(info.name)});
    editor->setAccessibleName(text(info.label));
    editor->setAccessibleDescription(text(info.help));
    setTone(error_, "bad");
    error_->setWordWrap(true);
    error_->hide();
    QSizePolicy keep = reset_->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    reset_->setSizePolicy(keep);
    reset_->hide();
    connect(reset_, &QToolButton::clicked, this, [this] {
        setValue(preset_);
        Q_EMIT edited();
    });
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(small_gap);
    layout->setVerticalSpacing(2);
    layout->addWidget(label, 0, 0);
    layout->addWidget(editor, 0, 1);
    layout->addWidget(reset_, 0, 2);
    layout->addWidget(error_, 1, 0, 1, 3);
    layout->setColumnStretch(0, 1);
}

QWidget* SettingRow::makeEditor() {
    const auto changed = [this] {
        updateMark();
        Q_EMIT edited();
    };
    if (info_.kind == engine::SettingInfo::Kind::boolean) {
        check_ = new QCheckBox;
        connect(check_, &QCheckBox::toggled, this, changed);
        check_->setFixedWidth(150);
        return check_;
    }
    if (!info_.choices.empty()) {
        choice_ = new ElidedCombo;
        for (const std::string& choice : info_.choices) choice_->addItem(text(choice));
        connect(choice_, &QComboBox::currentIndexChanged, this, changed);
        choice_->setFixedWidth(150);
        return choice_;
    }
    line_ = new QLineEdit;
    line_->setFixedWidth(150);
    connect(line_, &QLineEdit::textChanged, this, changed);
    return line_;
}

QString SettingRow::value() const {
    if (check_) return check_->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    if (choice_) return choice_->currentText();
    return line_->text();
}

void SettingRow::setValue(const QString& value) {
    if (check_) check_->setChecked(value == QLatin1String("true"));
    if (choice_) choice_->setCurrentText(value);
    if (line_) {
        line_->setText(value);
        line_->setCursorPosition(0);
    }
    updateMark();
}

void SettingRow::setPresetValue(const QString& value) {
    preset_ = value;
    updateMark();
}

bool SettingRow::mentions(const QString& word) const {
    for (const std::string* words : {&info_.name, &info_.group, &info_.label, &info_.help}) {
        if (text(*words).contains(word, Qt::CaseInsensitive)) return true;
    }
    return false;
}

void SettingRow::updateMark() {
    reset_->setVisible(differs());
    reset_->setToolTip(tr("Changed. Reset to the preset's value: %1").arg(preset_));
    reset_->setAccessibleName(reset_->toolTip());
}

void SettingRow::setError(const QString& error) {
    error_->setText(error);
    error_->setVisible(!error.isEmpty());
    if (line_) setStyleProperty(line_, "wrong", !error.isEmpty());
}

}  // namespace rest::ui
