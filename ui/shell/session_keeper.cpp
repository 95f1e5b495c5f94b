// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session_keeper.h"

#include <QDateTime>
#include <QDialog>
#include <QFileInfo>
#include <algorithm>
#include <array>

#include "core/base/log.h"
#include "ui/controls/notice_bar.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/problem_report_dialog.h"

namespace rest::ui {

namespace {

const std::string program = "rest-studio";

struct PageWord {
    MainWindow::Page page;
    const char* word;  // in the mark
    QString name;
};

std::array<PageWord, 6> pageWords() {
    using Page = MainWindow::Page;
    return {{{Page::dataset, "dataset", SessionKeeper::tr("Dataset")},
             {Page::train, "train", SessionKeeper::tr("Train")},
             {Page::captions, "captions", SessionKeeper::tr("Captions")},
             {Page::reports, "reports", SessionKeeper::tr("Reports")},
             {Page::study, "study", SessionKeeper::tr("Study")},
             {Page::models, "models", SessionKeeper::tr("Models")}}};
}

/// A mark may be from a later version with other pages: they become the first page.
PageWord pageOf(const std::string& word) {
    const auto words = pageWords();
    const auto found = std::ranges::find(words, word, [](const PageWord& page) { return std::string(page.word); });
    return found == words.end() ? words.front() : *found;
}

QString projectName(const bundle::EndedSession& session) {
    return QFileInfo(text(session.state.project)).completeBaseName();
}

QString timeText(const bundle::EndedSession& session) {
    const QDateTime time = QDateTime::fromString(text(session.written), Qt::ISODate).toLocalTime();
    return QLocale().toString(time, QLocale::ShortFormat);
}

}  // namespace

SessionKeeper::SessionKeeper(MainWindow& window, std::filesystem::path folder, QObject* parent)
    : QObject(parent), window_(window), bar_(new NoticeBar), folder_(std::move(folder)), mark_(program, folder_) {
    bar_->setObjectName(QStringLiteral("sessionNotice"));
    window_.addBar(bar_);
    connect(&window_.session(), &ProjectSession::opened, this, [this] {
        spdlog::info("Opened {}", window_.session().folder().toStdString());
        keep();
        if (!earlier_.empty() && text(earlier_.front().state.project) == window_.session().folder()) settle();
    });
    connect(&window_.session(), &ProjectSession::closed, this, [this] {
        spdlog::info("Closed the project");
        mark_.remove();
    });
    connect(&window_.session(), &ProjectSession::failed, this,
            [](const QString& message) { spdlog::error("{}", message.toStdString()); });
    connect(&window_, &MainWindow::pageChanged, this, &SessionKeeper::keep);
}

SessionKeeper::~SessionKeeper() {
    // Sessions offered and not answered: closing the window normally counts as an answer.
    for (const bundle::EndedSession& session : earlier_) bundle::forget(session);
}

void SessionKeeper::keep() {
    if (!window_.session().isOpen()) return;
    bundle::SessionState state;
    state.project = path(window_.session().folder());
    state.page = pageWords()[static_cast<size_t>(window_.page())].word;
    state.window = window_.saveGeometry().toBase64().toStdString();
    try {
        mark_.put(state);
    } catch (const Error& error) {
        // Work continues without a mark: a full disk is reported where it matters.
        if (!std::exchange(warned_, true)) spdlog::warn("{}", error.full_text());
    }
}

void SessionKeeper::offerEarlier() {
    earlier_ = bundle::unexpected_ends(program, folder_);
    offer();
}

void SessionKeeper::offer() {
    if (earlier_.empty()) return bar_->hide();
    const bundle::EndedSession session = earlier_.front();
    spdlog::info("An earlier session ended unexpectedly, with {} open at {}", session.state.project.string(),
                 session.state.page);
    const QString message = tr("REST Studio ended unexpectedly. Open “%1” again at the page %2?")
                                .arg(projectName(session), pageOf(session.state.page).name);
    const QString detail =
        tr("Nothing that was finished is lost. It was last seen at work on %1.").arg(timeText(session));
    bar_->tell(NoticeBar::Kind::note, message, detail,
               {{tr("Open"), [this, session] { openAgain(session); }},
                {tr("Save a report…"), [this, session] { saveReport(session); }},
                {tr("Dismiss"), [this] { settle(); }}});
}

void SessionKeeper::openAgain(const bundle::EndedSession& session) {
    settle();
    window_.restoreGeometry(QByteArray::fromBase64(QByteArray::fromStdString(session.state.window)));
    window_.openProject(text(session.state.project), pageOf(session.state.page).page);
}

void SessionKeeper::saveReport(const bundle::EndedSession& session) {
    QDialog* dialog = openProblemReport(text(session.state.project), &window_);
    // The session still has to be opened or dismissed.
    connect(dialog, &QDialog::finished, this, &SessionKeeper::offer);
}

void SessionKeeper::settle() {
    if (!earlier_.empty()) {
        bundle::forget(earlier_.front());
        earlier_.erase(earlier_.begin());
    }
    offer();
}

}  // namespace rest::ui
