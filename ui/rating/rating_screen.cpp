// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/rating_screen.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/controls/empty_state.h"
#include "ui/look/format.h"
#include "ui/rating/rating_pane.h"
#include "ui/rating/sign_in_pane.h"

namespace rest::ui {

RatingScreen::RatingScreen(QWidget* parent)
    : QWidget(parent), pages_(new QStackedWidget), sign_in_(new SignInPane), pane_(new RatingPane) {
    makePages();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(pages_);
    connect(sign_in_, &SignInPane::signedIn, this, &RatingScreen::signIn);
    connect(sign_in_, &SignInPane::leaveRequested, this, &RatingScreen::left);
    connect(pane_, &RatingPane::pauseRequested, this, &RatingScreen::pause);
    connect(pane_, &RatingPane::finished, this, &RatingScreen::finish);
    connect(pane_, &RatingPane::broken, this, [this](const QString& message, const QString& remedy) {
        signOut();
        sign_in_->showError(message, remedy);
    });
}

RatingScreen::~RatingScreen() {
    close();
}

void RatingScreen::makePages() {
    pause_ = new EmptyState(QStringLiteral("pause"), tr("Paused"),
                            tr("Your answers are saved. Continue whenever you like, today or another day."));
    connect(pause_->addButton(tr("Sign out")), &QPushButton::clicked, this, &RatingScreen::signOut);
    connect(pause_->addButton(tr("Continue  P"), QStringLiteral("play"), true), &QPushButton::clicked, this,
            &RatingScreen::resume);
    finish_ = new EmptyState(QStringLiteral("check"), {}, {});
    connect(finish_->addButton(tr("Take back the last answer  ⌫")), &QPushButton::clicked, this, [this] {
        if (pane_->undo()) turnTo(Page::rate);
    });
    connect(finish_->addButton(tr("Done"), QStringLiteral("check"), true), &QPushButton::clicked, this,
            &RatingScreen::signOut);
    auto* opening = new EmptyState(QStringLiteral("film"), tr("Opening the study…"), {});
    for (QWidget* page : std::initializer_list<QWidget*>{opening, sign_in_, pane_, pause_, finish_})
        pages_->addWidget(page);
}

RatingScreen::Page RatingScreen::page() const {
    return static_cast<Page>(pages_->currentIndex());
}

void RatingScreen::turnTo(Page page) {
    pages_->setCurrentIndex(static_cast<int>(page));
    if (page == Page::pause || page == Page::finish) setFocus();
    if (page == Page::rate) pane_->setFocus();
}

void RatingScreen::open(const QString& file, bool inside_project) {
    close();
    inside_project_ = inside_project;
    opening_ = true;
    turnTo(Page::opening);
    background_.start(
        this, [file = path(file)] { return std::make_shared<study::Study>(study::Study::open(file)); },
        [this](std::shared_ptr<study::Study> study) {
            opening_ = false;
            begin(std::move(study));
        },
        [this](const Failure& failure) {
            opening_ = false;
            Q_EMIT failed(failure.message, failure.remedy);
        });
}

void RatingScreen::begin(std::shared_ptr<study::Study> study) {
    try {
        files_ = std::make_unique<study::StudyClipFiles>();
    } catch (const Error& error) {
        return Q_EMIT failed(text(error.what()), text(error.remedy()));
    }
    study_ = std::move(study);
    signOut();
    if (study_) Q_EMIT opened();
}

void RatingScreen::close() {
    background_.forget();
    opening_ = false;
    pane_->stop();
    session_.reset();
    files_.reset();
    study_.reset();
}

void RatingScreen::signIn(const QString& code) {
    try {
        session_ = std::make_unique<study::RatingSession>(*study_, code.toStdString());
    } catch (const Error& error) {
        return sign_in_->showError(text(error.what()), text(error.remedy()));
    }
    turnTo(Page::rate);
    pane_->begin(*session_, *files_, study_->info().settings.minimum_viewing_ms);
}

void RatingScreen::signOut() {
    pane_->stop();
    session_.reset();
    try {
        sign_in_->begin(*study_, inside_project_);
        turnTo(Page::sign_in);
    } catch (const Error& error) {
        close();
        Q_EMIT failed(text(error.what()), text(error.remedy()));
    }
}

void RatingScreen::pause() {
    if (page() != Page::rate) return;
    pane_->setPaused(true);
    turnTo(Page::pause);
}

void RatingScreen::resume() {
    if (page() != Page::pause) return;
    turnTo(Page::rate);
    pane_->setPaused(false);
}

void RatingScreen::finish() {
    const study::RatingProgress progress = session_->progress();
    const qint64 done = progress.answered + progress.skipped;
    undo_at_finish_ = done > 0;
    for (QPushButton* made : finish_->findChildren<QPushButton*>()) {
        if (!made->property("primary").toBool()) made->setEnabled(undo_at_finish_);
    }
    const QString next =
        !study_->info().exported
            ? tr("Everything is saved. The next person may sign in.")
            : tr("Everything is saved in this one file:\n%1\nReturn it to the person who sent it to you, for instance "
                 "by e-mail or on a USB stick. It holds your code and your answers, and nothing else about you.")
                  .arg(text(study_->file()));
    finish_->setTexts(
        tr("Thank you! All your clips are done."),
        tr("You rated %1 clips and skipped %2.").arg(countText(progress.answered), countText(progress.skipped)) +
            QChar('\n') + next);
    turnTo(Page::finish);
}

bool RatingScreen::idle() const {
    return !opening_ && !pane_->loading();
}

void RatingScreen::toggleFullScreen() {
    window()->setWindowState(window()->windowState() ^ Qt::WindowFullScreen);
}

void RatingScreen::keyPressEvent(QKeyEvent* event) {
    if (event->isAutoRepeat()) return;
    const int key = event->key();
    if (key == Qt::Key_F11) return toggleFullScreen();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (page() == Page::pause && (key == Qt::Key_P || key == Qt::Key_Escape || enter)) return resume();
    if (page() == Page::finish && enter) return signOut();
    if (page() == Page::finish && key == Qt::Key_Backspace && undo_at_finish_ && pane_->undo())
        return turnTo(Page::rate);
    if (page() == Page::sign_in && key == Qt::Key_Escape) return Q_EMIT left();
    QWidget::keyPressEvent(event);
}

}  // namespace rest::ui
