// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/settings_panel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/engine/settings/own_presets.h"
#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/session/project_memory.h"
#include "ui/session/project_session.h"
#include "ui/train/model_choice.h"

namespace rest::ui {

namespace {

const QString memory_name = QStringLiteral("train settings");

/// Throws Error for the name of an unknown preset.
engine::TrainSettings presetCalled(const QString& name) {
    const auto own = engine::own_presets();
    if (std::ranges::count(own, name.toStdString()) > 0) return engine::read_own_preset(name.toStdString());
    return engine::preset(name.toStdString());
}

}  // namespace

template <class Act>
void SettingsPanel::guarded(Act act) {
    try {
        act();
    } catch (const Error& error) {
        Q_EMIT failed(text(error.what()), text(error.remedy()));
    }
}

SettingsPanel::SettingsPanel(ProjectSession& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      preset_(new QComboBox),
      search_(new QLineEdit),
      models_(new ModelChoice(session)),
      form_(new SettingForm),
      save_(new QTimer(this)) {
    form_->setObjectName(QStringLiteral("clear"));
    search_->setPlaceholderText(tr("Search settings"));
    search_->setAccessibleName(search_->placeholderText());
    search_->setClearButtonEnabled(true);
    auto* nothing = mutedLabel(tr("No setting mentions this."));
    nothing->hide();
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* inner = new QVBoxLayout(inside);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(gap);
    inner->addWidget(models_);
    inner->addWidget(nothing);
    inner->addWidget(form_);
    inner->setAlignment(Qt::AlignTop);
    auto* scroll = scrolled(inside);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(makePresetRow());
    layout->addWidget(search_);
    layout->addWidget(scroll, 1);

    connect(search_, &QLineEdit::textChanged, this, [this, nothing](const QString& words) {
        models_->setVisible(words.trimmed().isEmpty());
        nothing->setVisible(form_->filter(words) == 0);
    });
    save_->setSingleShot(true);
    save_->setInterval(500);
    connect(save_, &QTimer::timeout, this, &SettingsPanel::keep);
    connect(form_, &SettingForm::changed, this, [this] {
        if (!project_.isEmpty()) noteChange();
        Q_EMIT changed();
    });
    connect(&session_, &ProjectSession::opened, this, &SettingsPanel::recall);
    connect(&session_, &ProjectSession::closed, this, [this] {
        keep();
        project_.clear();
    });
    fillPresets(QStringLiteral("paper"));
    form_->setPreset(QStringLiteral("paper"));
}

SettingsPanel::~SettingsPanel() {
    keep();
}

QWidget* SettingsPanel::makePresetRow() {
    preset_->setToolTip(tr("The paper's values (Table 10), small ones for the demo world, or your own"));
    preset_->setFixedWidth(150);
    connect(preset_, &QComboBox::textActivated, this, &SettingsPanel::choosePreset);
    auto* more = toolButton(QStringLiteral("list"), tr("Save, load and share settings"));
    auto* menu = new QMenu(more);
    menu->addAction(tr("&Save as a preset…"), this, &SettingsPanel::askForName);
    QAction* remove =
        menu->addAction(tr("&Delete this preset"), this, [this] { deletePreset(preset_->currentText()); });
    menu->addSeparator();
    menu->addAction(tr("&Export to a file…"), this, [this] { askForFile(true); });
    menu->addAction(tr("&Import from a file…"), this, [this] { askForFile(false); });
    connect(menu, &QMenu::aboutToShow, this, [this, remove] {
        const auto own = engine::own_presets();
        remove->setEnabled(std::ranges::count(own, preset_->currentText().toStdString()) > 0);
    });
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* label = new QLabel(tr("P&reset"));
    label->setBuddy(preset_);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(label, 1);
    layout->addWidget(preset_);
    layout->addWidget(more);
    return row;
}

void SettingsPanel::fillPresets(const QString& current) {
    preset_->clear();
    for (const std::string& name : engine::preset_names()) preset_->addItem(text(name));
    for (const std::string& name : engine::own_presets()) preset_->addItem(text(name));
    preset_->setCurrentText(current);
}

void SettingsPanel::choosePreset(const QString& name) {
    const State before = state();
    guarded([&] {
        const auto values = presetCalled(name);
        preset_->setCurrentText(name);
        form_->usePreset(values);
        offerUndo(before, tr("The settings are those of the preset “%1” now").arg(name));
    });
}

void SettingsPanel::take(const engine::TrainSettings& settings, const QString& whose) {
    const State before = state();
    form_->setSettings(settings);
    offerUndo(before, tr("The settings are %1 now").arg(whose));
}

void SettingsPanel::savePreset(const QString& name) {
    guarded([&] {
        engine::save_own_preset(name.toStdString(), form_->settings());
        fillPresets(name);
        form_->setMarks(form_->settings());
        noteChange();
    });
}

void SettingsPanel::deletePreset(const QString& name) {
    guarded([&] {
        const auto values = engine::read_own_preset(name.toStdString());
        engine::delete_own_preset(name.toStdString());
        const bool chosen = preset_->currentText() == name;
        fillPresets(chosen ? QStringLiteral("paper") : preset_->currentText());
        if (chosen) form_->setMarks(presetCalled(preset_->currentText()));
        Q_EMIT undoOffered(tr("The preset “%1” is deleted").arg(name), tr("What stands in the form stays."),
                           [this, name, values, chosen] {
                               guarded([&] {
                                   engine::save_own_preset(name.toStdString(), values);
                                   fillPresets(chosen ? name : preset_->currentText());
                                   if (chosen) form_->setMarks(values);
                               });
                           });
    });
}

void SettingsPanel::exportTo(const QString& file) {
    guarded([&] {
        engine::write_settings_file(path(file), form_->settings());
        Q_EMIT told(tr("The settings are in %1: rest train PROJECT --config reads them").arg(file));
    });
}

void SettingsPanel::importFrom(const QString& file) {
    guarded([&] { take(engine::read_settings_file(path(file)), tr("those of %1").arg(file)); });
}

void SettingsPanel::askForName() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save as a preset"));
    dialog->setLabelText(tr("Name of the preset. One of this name is replaced."));
    const auto own = engine::own_presets();
    if (std::ranges::count(own, preset_->currentText().toStdString()) > 0) dialog->setTextValue(preset_->currentText());
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this](const QString& name) { savePreset(name.trimmed()); });
    dialog->open();
}

void SettingsPanel::askForFile(bool save) {
    auto* dialog = new QFileDialog(this, save ? tr("Export the settings") : tr("Import settings"), {},
                                   tr("Settings (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, save ? &SettingsPanel::exportTo : &SettingsPanel::importFrom);
    dialog->open();
}

SettingsPanel::State SettingsPanel::state() const {
    return {preset_->currentText(), form_->texts()};
}

/// If the preset no longer exists, the texts stay and are marked against the paper's.
void SettingsPanel::restore(const State& state) {
    preset_->setCurrentText(state.preset);
    if (preset_->currentText() != state.preset) preset_->setCurrentText(QStringLiteral("paper"));
    guarded([&] { form_->setMarks(presetCalled(preset_->currentText())); });
    form_->setTexts(state.texts);
}

void SettingsPanel::offerUndo(const State& before, const QString& message) {
    if (before.texts == form_->texts()) return;
    Q_EMIT undoOffered(message, tr("What was typed before can be brought back."), [this, before, of = project_] {
        if (of == project_) restore(before);
    });
}

/// Restores a project's settings as they were when it was left; a new project begins with a preset.
void SettingsPanel::recall() {
    keep();
    project_.clear();  // the form's new content is stored already
    search_->clear();
    const QJsonObject kept = projectMemory(session_.folder()).value(memory_name).toObject();
    const QString usual = session_.kind() == QLatin1String("demo") ? QStringLiteral("demo") : QStringLiteral("paper");
    fillPresets(usual);
    form_->setPreset(usual);
    if (!kept.isEmpty()) {
        State state{kept.value(QLatin1String("preset")).toString(), {}};
        const QJsonObject values = kept.value(QLatin1String("values")).toObject();
        for (auto at = values.begin(); at != values.end(); ++at) state.texts[at.key()] = at.value().toString();
        restore(state);
    }
    project_ = session_.folder();
}

void SettingsPanel::noteChange() {
    dirty_ = true;
    save_->start();
}

void SettingsPanel::keep() {
    save_->stop();
    if (project_.isEmpty() || !std::exchange(dirty_, false)) return;
    QJsonObject values;
    const SettingForm::Texts texts = form_->texts();
    for (auto at = texts.begin(); at != texts.end(); ++at) values[at.key()] = at.value();
    remember(project_, memory_name,
             QJsonObject{{QStringLiteral("preset"), preset_->currentText()}, {QStringLiteral("values"), values}});
}

}  // namespace rest::ui
