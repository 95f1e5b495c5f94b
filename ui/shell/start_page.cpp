// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start_page.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/drop_frame.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {
constexpr int column_width = 620;
}

StartPage::StartPage(QWidget* parent) : QWidget(parent), recent_(new QVBoxLayout), recent_box_(new QWidget) {
    auto* frame = new DropFrame;
    connect(frame, &DropFrame::dropped, this, &StartPage::folderDropped);
    auto* title = new QLabel(tr("REST Studio"));
    title->setProperty("heading", "big");
    auto* what =
        new WrapLabel(tr("Train a video captioner on your own clips without labels: point it at a folder, watch every "
                         "video's captions evolve, and measure them."),
                      "muted");
    recent_->setContentsMargins(0, 0, 0, 0);
    recent_->setSpacing(2);
    recent_box_->setLayout(recent_);

    auto* column = new QWidget;
    column->setFixedWidth(column_width);
    auto* inner = new QVBoxLayout(column);
    inner->setSpacing(gap);
    inner->addWidget(title);
    inner->addWidget(what);
    inner->addSpacing(gap);
    inner->addWidget(makeChoices());
    inner->addWidget(mutedLabel(tr("Or drop a folder of videos, a project or a .study file anywhere here.")));
    auto* sent = new WrapLabel(tr("Were you sent a file to rate? <a href=\"study\">Open the .study file</a>"));
    connect(sent, &QLabel::linkActivated, this, &StartPage::studyRequested);
    inner->addWidget(sent);
    auto* models = new WrapLabel(tr("Published captioners and CLIPs: <a href=\"models\">Get models</a>"));
    connect(models, &QLabel::linkActivated, this, &StartPage::modelsRequested);
    inner->addWidget(models);
    inner->addSpacing(gap);
    inner->addWidget(recent_box_);
    auto* middle = new QVBoxLayout(frame);
    middle->addStretch(2);
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(column);
    centred->addStretch();
    middle->addLayout(centred);
    middle->addStretch(3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(frame);
    setRecent({});
}

QWidget* StartPage::makeChoices() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    const auto add = [&](const QString& title, const QString& text, const QString& icon, const QString& caption,
                         bool primary, auto signal) {
        QFrame* choice = card();
        auto* inside = new QVBoxLayout(choice);
        inside->setContentsMargins(16, 14, 16, 14);
        inside->setSpacing(8);
        auto* words = new WrapLabel(text, "muted");
        words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* go = button(caption, icon, primary);
        connect(go, &QPushButton::clicked, this, signal);
        inside->addWidget(sectionTitle(title));
        inside->addWidget(words);
        inside->addStretch();
        inside->addWidget(go);
        layout->addWidget(choice, 1);
    };
    add(tr("See it work"), tr("A small made-up world with tiny models: watch a whole training in minutes."), {},
        tr("Open demo"), true, &StartPage::demoRequested);
    add(tr("Your videos"), tr("A new project keeps videos, captions and runs in one folder."), {}, tr("New project…"),
        false, &StartPage::newProjectRequested);
    add(tr("Continue"), tr("Open a project folder: its name ends in “.rest”."), {}, tr("Open project…"), false,
        &StartPage::openRequested);
    return row;
}

void StartPage::setRecent(const QStringList& folders) {
    while (QLayoutItem* item = recent_->takeAt(0)) {
        if (item->widget()) item->widget()->deleteLater();
        delete item;
    }
    recent_box_->setVisible(!folders.isEmpty());
    recent_->addWidget(sectionTitle(tr("Recent")));
    for (const QString& folder : folders) {
        auto* entry = new QPushButton(projectName(folder) + QStringLiteral("  —  ") +
                                      QDir::toNativeSeparators(QFileInfo(folder).absolutePath()));
        entry->setFlat(true);
        entry->setStyleSheet(QStringLiteral("text-align: left; border-color: transparent;"));
        entry->setToolTip(folder);
        connect(entry, &QPushButton::clicked, this, [this, folder] { Q_EMIT projectRequested(folder); });
        recent_->addWidget(entry);
    }
}

}  // namespace rest::ui
