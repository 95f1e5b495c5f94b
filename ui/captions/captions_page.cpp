// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/captions_page.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QToolButton>

#include "ui/captions/captions_header.h"
#include "ui/captions/clip_column.h"
#include "ui/captions/diversity_panel.h"
#include "ui/captions/evolution_panel.h"
#include "ui/captions/figure_dialog.h"
#include "ui/captions/video_column.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/look/format.h"
#include "ui/player/video_player.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_memory.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"

namespace rest::ui {

namespace {
const QString truth_memory = QStringLiteral("captions_truth");
}

void CaptionsPage::open() {
    thumbnails_->clear();
    back_.clear();
    header_->setBackEnabled(false);
    video_ = 0;
    run_ = {};
    tabs_->want({});
    videos_->clear();
    clip_->clear();
    showTruth(projectMemory(session_.folder()).value(truth_memory).toBool());
    takeTable();
}

void CaptionsPage::takeTable() {
    const auto table = session_.videos();
    videos_->setTable(table);
    clip_->setTable(table);
    tabs_->diversity()->setClasses(table->classes);
    body_->setCurrentIndex(table->videos.empty() ? 1 : 0);
    if (table->find(video_)) return;
    showVideo(table->videos.empty() ? 0 : table->videos.front().id, false);
}

void CaptionsPage::takeRuns() {
    if (runs_.rowOf(run_) >= 0) {
        run_choice_->setCurrentIndex(runs_.rowOf(run_));
        return;
    }
    int row = 0;  // the newest training; without one the newest baseline
    while (runs_.run(row) && runs_.run(row)->kind != store::RunKind::training) ++row;
    showRun(runs_.ref(runs_.run(row) ? row : 0));
}

void CaptionsPage::showRun(const store::RunRef& run) {
    if (run == run_ && run) return;
    run_ = run;
    run_choice_->setCurrentIndex(runs_.rowOf(run));
    tabs_->expectAnother();
    tabs_->diversity()->setRun(run ? session_.folder() : QString(), run);
    clip_->forget();
    showClip();
    load();
}

engine::TrainSettings CaptionsPage::settings() const {
    const store::RunRecord* run = runs_.find(run_);
    try {
        return run ? engine::settings_from_json(run->settings_json) : engine::TrainSettings();
    } catch (const Error&) {
        return {};
    }
}

void CaptionsPage::showVideo(store::VideoId id, bool remember) {
    if (remember && video_ != 0 && id != video_) rememberHere();
    video_ = session_.videos()->find(id) ? id : 0;
    tabs_->expectAnother();
    header_->setBackEnabled(!back_.empty());
    header_->setFigureEnabled(video_ != 0);
    videos_->choose(video_);
    showTexts();
    showClip();
    load();
}

void CaptionsPage::showClip() {
    const store::VideoRecord* video = session_.videos()->find(video_);
    if (!video) return clip_->showVideo(std::nullopt);
    clip_->showVideo(InsightQuestion{session_.folder(), run_, *video, session_.models(), settings(), {}});
}

void CaptionsPage::showTexts() {
    showEmptyTexts();
    const store::VideoRecord* video = session_.videos()->find(video_);
    if (!video) {
        header_->setTexts({}, {}, {}, {});
        return tabs_->evolution()->setTruth({});
    }
    const QString class_name = session_.videos()->className(video->label);
    QStringList parts{text(dataset::to_string(video->split))};
    if (truth_ && !class_name.isEmpty()) parts << class_name;
    if (video->problem.empty()) {
        parts << tr("%1 frames").arg(countText(video->frames))
              << QStringLiteral("%1 × %2").arg(video->width).arg(video->height);
    } else {
        parts << text(video->problem);
    }
    header_->setTexts(fileName(video->name), parts.join(QStringLiteral(" · ")), text(video->path), text(video->remedy));
    tabs_->evolution()->setTruth(
        truth_ && !class_name.isEmpty() ? tr("Ground truth action (not used): %1").arg(class_name) : QString());
}

void CaptionsPage::showEmptyTexts() {
    const auto say = [this](const QString& title, const QString& words) {
        tabs_->evolution()->setEmptyTexts(title, words);
    };
    const store::VideoRecord* video = session_.videos()->find(video_);
    const store::RunRecord* run = runs_.find(run_);
    if (!run_) {
        say(tr("No run yet"),
            tr("Start a training on the Train page: each video's captions appear here while it runs."));
    } else if (run && run->kind != store::RunKind::training) {
        say(tr("A baseline keeps no captions"), tr("What it says of val and test videos is under Predictions."));
    } else if (video && video->split != dataset::Split::train) {
        say(tr("Not a training video"),
            tr("Captions are kept for training videos only. The model's captions of this one are under Predictions."));
    } else if (run && run->step >= 0) {
        say(tr("No captions of this video"),
            tr("The run has finished retrieval steps without it: it was imported later, or could not be read."));
    } else {
        say(tr("No captions yet"), tr("They appear when this run has finished its first retrieval step."));
    }
}

void CaptionsPage::showTruth(bool on) {
    truth_ = on;
    header_->truthButton()->setChecked(on);
    videos_->showClasses(on);
    clip_->showClasses(on);
    tabs_->showTruth(on);
    tabs_->evolution()->updateSources();
    showTexts();
    if (session_.isOpen())
        remember(session_.folder(), truth_memory, on ? QJsonValue(true) : QJsonValue(QJsonValue::Undefined));
}

void CaptionsPage::back() {
    if (back_.empty()) return;
    const std::function<void()> go = std::move(back_.back());
    back_.pop_back();
    header_->setBackEnabled(!back_.empty());
    go();
}

/// So that Back restores the list: its filter, its scroll position, and the tab and place shown of the video.
void CaptionsPage::rememberHere() {
    back_.push_back([this, video = video_, run = run_, state = videos_->state(), view = tabs_->view(),
                     scrolled = tabs_->evolution()->scrollPosition()] {
        if (runs_.rowOf(run) >= 0) showRun(run);
        tabs_->want({view, -1, -1, scrolled});
        videos_->restore(state);
        showVideo(video, false);
        videos_->restore(state);
    });
    header_->setBackEnabled(true);
}

void CaptionsPage::jumpTo(const Place& place, std::function<void()> back) {
    if (!session_.holds(place.run)) return;
    back_.push_back(std::move(back));
    if (place.run) showRun(place.run);
    tabs_->want({place.epoch >= 0 ? std::optional(View::predictions) : std::nullopt, place.step, place.epoch, {}});
    showVideo(place.video, false);
}

void CaptionsPage::load() {
    showEmptyTexts();
    reader_.ask(video_, run_);
}

void CaptionsPage::fill(const VideoCaptions& found) {
    tabs_->fill(found, session_.videos()->classes);
    clip_->setSources(tabs_->evolution()->sources());
}

/// Of the run that is shown: neighbours may be known from now on, and counts are others.
void CaptionsPage::stepCame() {
    clip_->forget();
    tabs_->diversity()->refresh();
    load();
}

FigureDialog* CaptionsPage::makeFigure() {
    const store::RunRecord* run = runs_.find(run_);
    auto chosen = videos_->selected();
    if (chosen.empty() && video_ != 0) chosen = {video_};
    if (!run || chosen.empty()) return nullptr;
    const bool said = tabs_->view() == View::predictions;
    FigureRequest request{session_.folder(), *run, session_.videos()->classes, std::move(chosen),
                          said ? FigureKind::prediction : FigureKind::evolution};
    return new FigureDialog(std::move(request), truth_, this);
}

VideoPlayer* CaptionsPage::player() const {
    return clip_->player();
}

void CaptionsPage::togglePlay() {
    player()->playing() ? player()->pause() : player()->play();
}

/// What has the focus and uses Space itself, such as a button, is asked first.
void CaptionsPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) return togglePlay();
    QWidget::keyPressEvent(event);
}

bool CaptionsPage::idle() const {
    return thumbnails_->idle() && reader_.idle() && clip_->idle() && tabs_->diversity()->idle();
}

}  // namespace rest::ui
