// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_help.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <algorithm>
#include <array>
#include <iterator>

#include "ui/controls/help_topic.h"
#include "ui/help/help_window.h"
#include "ui/rating/rating_screen.h"
#include "ui/session/project_session.h"
#include "ui/shell/about_dialog.h"
#include "ui/shell/find_dialog.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/shell/queue_panel.h"
#include "ui/shell/shortcut_dialog.h"
#include "ui/shell/start_page.h"
#include "ui/train/settings_panel.h"
#include "ui/train/train_page.h"

namespace rest::ui {

namespace {

constexpr int most_videos = 12;
/// Of the manual, in the order of MainWindow::Page.
constexpr std::array page_topics = {"own-data", "training", "captions", "reports", "failures", "study", "models"};

void open(QDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace

WindowHelp::WindowHelp(MainWindow& window) : QObject(&window), window_(window) {
    nameTopics();
    connect(&window_.menu(), &MainMenu::manualRequested, this, &WindowHelp::openManual);
    connect(&window_.menu(), &MainMenu::shortcutsRequested, this, &WindowHelp::showShortcuts);
    connect(&window_.menu(), &MainMenu::aboutRequested, this, &WindowHelp::showAbout);
    connect(&window_.menu(), &MainMenu::findRequested, this, &WindowHelp::find);
}

void WindowHelp::nameTopics() {
    setHelpTopic(&window_.startPage(), {QStringLiteral("start"), {}});
    setHelpTopic(&window_.rating(), {QStringLiteral("annotators"), {}});
    setHelpTopic(&window_.queue(), {QStringLiteral("training"), tr("The queue")});
}

void WindowHelp::openManual() {
    HelpTopic topic = helpTopic(window_.focusWidget());
    // Without a topic where the focus is, what is shown counts.
    for (QWidget* shown : std::initializer_list<QWidget*>{&window_.rating(), &window_.startPage()})
        if (topic.name.isEmpty() && shown->isVisible()) topic = helpTopic(shown);
    if (topic.name.isEmpty()) topic.name = QString::fromLatin1(page_topics[static_cast<size_t>(window_.page())]);
    if (!manual_) manual_ = new HelpWindow(&window_);
    manual_->open(topic);
}

/// What works on one page only stands under its name.
void WindowHelp::showShortcuts() {
    QList<KeyGroup> groups{{tr("Everywhere"), keysOf(window_)}};
    const auto part = [&groups](const QString& title, const QWidget& of) {
        const QList<KeyHelp> keys = keysOf(of);
        for (const KeyHelp& one : keys) groups.front().keys.removeAll(one);
        groups << KeyGroup{title, keys};
    };
    for (int page = 0; page < window_.pageCount(); ++page) part(window_.pageName(page), *window_.pageWidget(page));
    part(tr("While rating"), window_.rating());
    open(new ShortcutDialog(groups, &window_));
}

void WindowHelp::showAbout() {
    open(new AboutDialog(&window_));
}

void WindowHelp::find() {
    std::vector<Finding> fixed = actions();
    auto more = settings();
    std::ranges::move(more, std::back_inserter(fixed));
    auto* dialog = new FindDialog(
        std::move(fixed), [this](const QString& words) { return videos(words); }, &window_);
    open(dialog);
}

/// All that the menus offer now, pages among it, with their menus' names.
std::vector<Finding> WindowHelp::actions() {
    std::vector<Finding> found;
    const std::function<void(const QMenu*, const QString&)> collect = [&](const QMenu* menu, const QString& of) {
        for (QAction* action : menu->actions()) {
            QString name = action->text().remove(QChar('&'));
            if (name.isEmpty() || !action->isEnabled()) continue;
            if (action->menu())
                collect(action->menu(), of + QStringLiteral(" > ") + name);
            else
                found.push_back({name, of, [action] { action->trigger(); }});
        }
    };
    for (const QAction* top : window_.menuBar()->actions()) {
        if (top->menu()) collect(top->menu(), top->text().remove(QChar('&')));
    }
    return found;
}

std::vector<Finding> WindowHelp::settings() {
    std::vector<Finding> found;
    if (!window_.session().isOpen()) return found;
    for (const QString& label : window_.trainPage().settings().labels())
        found.push_back({label, tr("Setting"), [this, label] {
                             window_.showPage(MainWindow::Page::train);
                             window_.trainPage().settings().search(label);
                         }});
    return found;
}

std::vector<Finding> WindowHelp::videos(const QString& words) {
    std::vector<Finding> found;
    if (words.isEmpty()) return found;
    const auto table = window_.session().videos();
    for (const QString& name : matchingNames(*table, words, most_videos))
        found.push_back({name, tr("Video"), [this, id = table->find(name)->id] { window_.showVideo(id); }});
    return found;
}

}  // namespace rest::ui
