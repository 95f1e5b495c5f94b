// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/rating_pane.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/notice_bar.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/rating/answer_bar.h"
#include "ui/rating/clip_loop.h"
#include "ui/rating/feedback_pane.h"
#include "ui/rating/progress_text.h"
#include "ui/rating/skip_pane.h"

namespace rest::ui {

namespace {
constexpr int break_after_ms = 20 * 60 * 1000;
constexpr int caption_width = 900;

ClipLoop::Clip toPlay(const study::RatingItem& item, study::StudyClipFiles& files) {
    ClipLoop::Clip clip{item.clip, {}, text(item.source.problem)};
    try {
        clip.path = text(files.file_for(item));
    } catch (const Error&) {
        clip.problem = RatingPane::tr("The clip cannot be laid out: is the disk full?");
    }
    return clip;
}
}  // namespace

RatingPane::RatingPane(QWidget* parent)
    : QWidget(parent),
      notice_(new NoticeBar),
      loop_(new ClipLoop),
      caption_(new WrapLabel),
      below_(new QStackedWidget),
      answers_(new AnswerBar),
      reasons_(new SkipPane),
      feedback_(new FeedbackPane) {
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(notice_);
    layout->addWidget(makeTop());
    layout->addWidget(loop_, 1);
    layout->addWidget(makeBottom());
    layout->setContentsMargins(page_margin, 0, page_margin, page_margin);
    connect(loop_, &ClipLoop::started, this, [this](qint64 clip) {
        seen_.start();
        if (below_->currentWidget() == answers_) answers_->wait(minimum_ms_);
        Q_EMIT shown(clip);
    });
    connect(answers_, &AnswerBar::answered, this, &RatingPane::answer);
    connect(answers_, &AnswerBar::replayRequested, this, &RatingPane::replay);
    connect(answers_, &AnswerBar::skipRequested, this, &RatingPane::askReason);
    connect(answers_, &AnswerBar::undoRequested, this, &RatingPane::undo);
    connect(reasons_, &SkipPane::chosen, this, &RatingPane::skip);
    connect(reasons_, &SkipPane::dismissed, this, &RatingPane::showAnswers);
    connect(feedback_, &FeedbackPane::done, this, &RatingPane::goOn);
    break_timer_.setInterval(break_after_ms);
    connect(&break_timer_, &QTimer::timeout, this, &RatingPane::remindOfBreak);
}

QWidget* RatingPane::makeTop() {
    progress_ = mutedLabel();
    bar_ = new QProgressBar;
    bar_->setTextVisible(false);
    bar_->setFixedWidth(220);
    bar_->setAccessibleName(tr("Progress"));
    auto* pause = button(tr("Pause  P"), QStringLiteral("pause"));
    pause->setFocusPolicy(Qt::TabFocus);
    pause->setToolTip(tr("Your answers are kept; go on whenever you like (P or Esc)"));
    connect(pause, &QPushButton::clicked, this, &RatingPane::pauseRequested);
    auto* top = new QWidget;
    auto* layout = new QHBoxLayout(top);
    layout->setContentsMargins(0, gap, 0, gap);
    layout->setSpacing(gap);
    layout->addWidget(bar_);
    layout->addWidget(progress_, 1);
    layout->addWidget(pause);
    return top;
}

QWidget* RatingPane::makeBottom() {
    caption_->setTextFormat(Qt::PlainText);
    caption_->setProperty("heading", "caption");
    caption_->setAlignment(Qt::AlignCenter);
    caption_->setFixedWidth(caption_width);
    auto* question = mutedLabel(text(std::string(study::kStudyQuestion)));
    question->setProperty("heading", "question");
    question->setAlignment(Qt::AlignCenter);
    for (QWidget* page : std::initializer_list<QWidget*>{answers_, reasons_, feedback_}) below_->addWidget(page);
    below_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* bottom = new QWidget;
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(caption_, 0, Qt::AlignHCenter);
    layout->addWidget(question);
    layout->addWidget(below_);
    return bottom;
}

void RatingPane::begin(study::RatingSession& session, study::StudyClipFiles& files, int minimum_viewing_ms) {
    session_ = &session;
    files_ = &files;
    minimum_ms_ = minimum_viewing_ms;
    notice_->hide();
    break_timer_.start();
    goOn();
}

void RatingPane::stop() {
    loop_->pause();
    break_timer_.stop();
    session_ = nullptr;
    files_ = nullptr;
}

void RatingPane::setPaused(bool on) {
    if (!session_) return;
    if (on) {
        if (seen_.isValid()) seen_before_ += seen_.elapsed();
        seen_.invalidate();
        loop_->pause();
        break_timer_.stop();
        return;
    }
    if (loop_->seen()) seen_.start();
    loop_->resume();
    break_timer_.start();  // the pause counts as the break
    notice_->hide();
    setFocus();
}

qint64 RatingPane::clip() const {
    return session_ && loop_->seen() ? loop_->clip() : -1;
}
QString RatingPane::message() const {
    return notice_->message();
}
bool RatingPane::loading() const {
    return session_ && loop_->loading();
}

/// A key may be pressed before there is anything to judge, or while reasons or feedback are shown.
bool RatingPane::takesAnswers() const {
    return clip() >= 0 && seen_.isValid() && below_->currentWidget() == answers_;
}

study::Viewing RatingPane::viewing() const {
    return {seen_before_ + (seen_.isValid() ? seen_.elapsed() : 0), replays_};
}

void RatingPane::answer(bool yes) {
    if (!takesAnswers() || viewing().milliseconds < minimum_ms_) return;
    if (!loop_->problem().isEmpty()) {
        notice_->tell(NoticeBar::Kind::note, tr("This clip cannot be seen, so it cannot be judged"),
                      tr("Skip it with S."));
        return;
    }
    const qint64 clip = loop_->clip();
    std::optional<study::Feedback> feedback;
    try {
        feedback = session_->answer(yes, viewing());
    } catch (const Error& error) {
        return tellFailure(error, clip, tr("Your answer was not saved"));
    }
    if (!notice_->message().isEmpty()) notice_->hide();
    answers_->mark(yes);
    if (feedback) {
        below_->setCurrentWidget(feedback_);
        feedback_->begin(*feedback);
        showProgress();
    } else {
        goOn();
    }
    Q_EMIT committed(clip);
}

void RatingPane::skip(const QString& reason) {
    if (!session_) return;
    const qint64 clip = loop_->clip();
    try {
        session_->skip(reason.toStdString(), viewing());
    } catch (const Error& error) {
        return tellFailure(error, clip, tr("The skip was not saved"));
    }
    goOn();
    Q_EMIT committed(clip);
}

bool RatingPane::undo() {
    if (!session_ || below_->currentWidget() == feedback_) return false;
    try {
        if (!session_->undo()) {
            notice_->tell(NoticeBar::Kind::note, tr("There is no answer left to take back"));
            return false;
        }
    } catch (const Error& error) {
        tellFailure(error, loop_->clip(), tr("The answer was not taken back"));
        return false;
    }
    goOn();
    Q_EMIT committed(session_->current()->clip);
    return true;
}

void RatingPane::tellFailure(const Error& error, qint64 clip, const QString& what) {
    if (!session_->current() || session_->current()->clip != clip) {
        // The answer is in the log, but a later step failed, so the session's order is no longer known.
        Q_EMIT broken(text(error.what()), text(error.remedy()));
        return;
    }
    notice_->tell(NoticeBar::Kind::bad, tr("%1: %2").arg(what, text(error.what())),
                  text(error.remedy()) + QChar(' ') + tr("This clip stays; answer it again then."));
}

void RatingPane::replay() {
    if (!takesAnswers()) return;
    ++replays_;
    loop_->replay();
}

void RatingPane::askReason() {
    if (!takesAnswers()) return;
    below_->setCurrentWidget(reasons_);
    reasons_->begin();
}

void RatingPane::showAnswers() {
    below_->setCurrentWidget(answers_);
    setFocus();
}

void RatingPane::goOn() {
    showAnswers();
    if (!session_->current()) {
        loop_->pause();
        Q_EMIT finished();
        return;
    }
    showCurrent();
    loop_->resume();
    showProgress();
    // Once the clip is on the screen: laying out and opening the next one may take a moment.
    QTimer::singleShot(0, this, &RatingPane::prepareNext);
}

void RatingPane::showCurrent() {
    const study::RatingItem& item = *session_->current();
    replays_ = 0;
    seen_.invalidate();
    seen_before_ = 0;
    answers_->wait(minimum_ms_);
    const QString words = text(item.caption);
    caption_->setText(words);
    setAccessibleName(words + QStringLiteral(". ") + text(std::string(study::kStudyQuestion)));
    setAccessibleDescription(
        tr("Yes: Y or right arrow. No: N or left arrow. Replay: R. Skip: S. Take back: Backspace. Pause: P."));
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    loop_->play(toPlay(item, *files_));
}

void RatingPane::prepareNext() {
    if (session_ && session_->next()) loop_->prepare(toPlay(*session_->next(), *files_));
}

void RatingPane::showProgress() {
    const study::RatingProgress progress = session_->progress();
    const qint64 done = progress.answered + progress.skipped;
    progress_->setText(progressText(progress));
    bar_->setRange(0, static_cast<int>(std::max<qint64>(1, done + progress.left)));
    bar_->setValue(static_cast<int>(done));
    answers_->setCanUndo(done > 0);
}

void RatingPane::remindOfBreak() {
    notice_->tell(NoticeBar::Kind::note, tr("You have been rating for a while"),
                  tr("A short break keeps the eye fresh. Your answers are saved."),
                  {{tr("Pause"), [this] { Q_EMIT pauseRequested(); }}});
}

void RatingPane::keyPressEvent(QKeyEvent* event) {
    // A key held down must not answer clip after clip, and neither must Ctrl+Y or Alt+Left.
    if (!session_ || event->isAutoRepeat() ||
        (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))) {
        return QWidget::keyPressEvent(event);
    }
    if (below_->currentWidget() == feedback_) {
        const bool enter =
            event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
        if (enter) return goOn();
    }
    switch (event->key()) {
        case Qt::Key_Y:
        case Qt::Key_Right:
            return answer(true);
        case Qt::Key_N:
        case Qt::Key_Left:
            return answer(false);
        case Qt::Key_R:
            return replay();
        case Qt::Key_S:
            return askReason();
        case Qt::Key_Backspace:
            undo();
            return;
        case Qt::Key_P:
        case Qt::Key_Escape:
            Q_EMIT pauseRequested();
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace rest::ui
