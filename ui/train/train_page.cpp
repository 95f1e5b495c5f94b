// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/engine/run/train_check_job.h"
#include "core/engine/run/train_job.h"
#include "core/store/project.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/tables.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/log_panel.h"
#include "ui/session/project_memory.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/train/check_panel.h"
#include "ui/train/curve_board.h"
#include "ui/train/model_choice.h"
#include "ui/train/resume_question.h"
#include "ui/train/run_bar.h"
#include "ui/train/setting_form.h"
#include "ui/train/settings_panel.h"

namespace rest::ui {

TrainPage::TrainPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      runs_(runs),
      settings_(new SettingsPanel(session)),
      run_bar_(new RunBar(engine, runs)),
      tabs_(new QTabWidget),
      curves_(new CurveBoard(session)),
      check_panel_(new CheckPanel),
      log_(new LogPanel) {
    auto* log_tab = new QWidget;
    auto* log_layout = new QVBoxLayout(log_tab);
    log_layout->setContentsMargins(0, gap, 0, 0);
    log_layout->addWidget(log_);
    tabs_->tabBar()->setDrawBase(false);
    curve_stack_ = new QStackedWidget;
    curve_stack_->addWidget(curves_);
    curve_stack_->addWidget(
        new EmptyState(QStringLiteral("train"), tr("No run yet"),
                       tr("Check the settings, then start the training: loss, CLIP-TAM, throughput and learning "
                          "rate are drawn here while it runs. Without videos, import some first.")));
    tabs_->addTab(curve_stack_, tr("Curves"));
    tabs_->addTab(makeRunsTab(), tr("Runs"));
    tabs_->addTab(check_panel_, tr("Check"));
    tabs_->addTab(log_tab, tr("Log"));

    auto* right = new QVBoxLayout;
    right->setSpacing(gap);
    right->addWidget(run_bar_);
    right->addWidget(tabs_, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(page_margin);
    layout->addWidget(makeLeft());
    layout->addLayout(right, 1);

    connect(&session_, &ProjectSession::opened, this, [this] {
        background_.forget();
        asked_ = {};
        forgetProject();
        recallCheck();
    });
    connect(&session_, &ProjectSession::videosChanged, this, &TrainPage::updateButtons);
    connect(&runs_, &QAbstractItemModel::modelReset, this, &TrainPage::takeRuns);
    connect(&runs_, &QAbstractItemModel::dataChanged, this, &TrainPage::updateButtons);
    connect(&engine_, &EngineClient::metricsAdded, curves_, &CurveBoard::add);
    connect(&engine_, &EngineClient::logged, log_, &LogPanel::add);
    connect(&engine_, &EngineClient::jobsChanged, this, &TrainPage::updateButtons);
    connect(&engine_, &EngineClient::jobFinished, this, &TrainPage::jobFinished);
    connect(run_bar_, &RunBar::runChosen, this, &TrainPage::showRun);
    connect(run_bar_, &RunBar::resumeRequested, this, &TrainPage::resumeRun);
    connect(run_bar_, &RunBar::settingsRequested, this, &TrainPage::useSettingsOf);
    connect(settings_, &SettingsPanel::changed, this, [this] {
        updateButtons();
        updateCheckAge();
    });
    connect(settings_, &SettingsPanel::undoOffered, this, &TrainPage::undoOffered);
    connect(settings_, &SettingsPanel::failed, &session_, &ProjectSession::failed);
    connect(settings_, &SettingsPanel::told, this, &TrainPage::told);
    connect(settings_->models(), &ModelChoice::moreRequested, this, &TrainPage::modelsRequested);
    connect(&engine_, &EngineClient::runChanged, this, [this](const store::RunRef& run) {
        if (session_.holds(run) && runs_.rowOf(run) < 0) wanted_ = run;
    });
    takeRuns();
}

QWidget* TrainPage::makeLeft() {
    auto* panel = new QWidget;
    panel->setFixedWidth(364);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("Train")));
    layout->addWidget(settings_, 1);
    layout->addWidget(makeButtons());
    return panel;
}

SettingForm* TrainPage::form() const {
    return settings_->form();
}

QWidget* TrainPage::makeButtons() {
    check_button_ = button(tr("Check"), QStringLiteral("check"));
    check_button_->setToolTip(tr("Look for models, device, memory and disk, and try two batches; nothing is changed"));
    start_button_ = button(tr("Start training"), {}, true);
    connect(check_button_, &QPushButton::clicked, this, &TrainPage::check);
    connect(start_button_, &QPushButton::clicked, this, &TrainPage::start);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(check_button_);
    layout->addWidget(start_button_, 1);
    return row;
}

QWidget* TrainPage::makeRunsTab() {
    run_table_ = makeTable(&runs_, {200, 86, 80, 50, 172});
    run_table_->setAccessibleName(tr("Runs"));
    const auto open = [this](const QModelIndex& index) {
        if (index.isValid()) showRun(runs_.ref(index.row()));
    };
    connect(run_table_, &QAbstractItemView::clicked, this, open);
    connect(run_table_, &QAbstractItemView::activated, this, [this, open](const QModelIndex& index) {
        open(index);
        show(View::curves);
    });
    auto* tab = new QWidget;
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(run_table_, 1);
    layout->addWidget(
        mutedLabel(tr("A run that was stopped can go on from its last checkpoint: select it and press Resume.")));
    return tab;
}

void TrainPage::show(View view) {
    tabs_->setCurrentIndex(static_cast<int>(view));
}

QString TrainPage::modelMessage() const {
    return settings_->models()->message();
}

void TrainPage::takeRuns() {
    if (runs_.rowOf(wanted_) >= 0) {
        showRun(std::exchange(wanted_, {}));
    } else if (runs_.rowOf(shown_) >= 0) {
        run_bar_->refresh();
    } else {
        showRun(runs_.ref(0));
    }
    updateButtons();
}

/// Requests made in the previous project must not show in this one.
void TrainPage::forgetProject() {
    wanted_ = {};
    check_job_ = 0;
    check_panel_->clear();
    curves_->keepOnly([this](const store::RunRef& run) { return engine_.jobOfRun(run) != 0; });
    checked_.reset();
    showRun({});
}

void TrainPage::showRun(const store::RunRef& run) {
    shown_ = run;
    run_bar_->showRun(run);
    if (run) run_table_->selectRow(runs_.rowOf(run));
    curve_stack_->setCurrentIndex(run ? 0 : 1);
    curves_->showRun(run);
    updateButtons();
}

void TrainPage::updateButtons() {
    const bool videos = !session_.videos()->videos.empty();
    const bool valid = form()->valid();
    check_button_->setEnabled(session_.isOpen() && videos && valid);
    start_button_->setEnabled(session_.isOpen() && videos && valid);
    start_button_->setToolTip(!videos ? tr("Import videos first")
                              : !valid
                                  ? tr("Some settings are not valid: they are marked red")
                                  : tr("Adds a run with these settings; it starts when the jobs before it are done"));
    run_bar_->refresh();
    const JobInfo* check = engine_.find(check_job_);
    if (check && !check->begun && engine_.current() && engine_.current()->id != check_job_)
        check_panel_->showQueued(engine_.current()->title);
    else if (check)
        check_panel_->showWaiting();
}

void TrainPage::useSettingsOf(const store::RunRef& run) {
    const store::RunRecord* record = runs_.find(run);
    if (!record) return;
    try {
        settings_->take(engine::settings_from_json(record->settings_json),
                        tr("those of run %1 (%2)").arg(record->id).arg(text(record->name)));
    } catch (const Error& error) {
        Q_EMIT session_.failed(tr("The settings of run %1 cannot be read: %2").arg(record->id).arg(text(error.what())),
                               text(error.remedy()));
    }
}

void TrainPage::check() {
    engine::TrainCheckParams params;
    params.train.project = path(session_.folder());
    params.train.settings = form()->settings();
    const CheckMemory asked{.settings = text(engine::to_json(params.train.settings)), .when = {}, .check = {}};
    show(View::check);
    if (engine_.find(check_job_)) engine_.cancel(check_job_);  // of other settings
    check_job_ = engine_.submit(
        engine::make_train_check_job(params, [page = QPointer<TrainPage>(this), folder = session_.folder(),
                                              of = session_.ref(), asked](const engine::TrainCheck& result) {
            QMetaObject::invokeMethod(
                qApp,
                [page, folder, of, found = asked.with(result)] {
                    remember(folder, CheckMemory::name, found.toJson());
                    if (page && page->session_.holds(of)) page->showCheck(found);
                },
                Qt::QueuedConnection);
        }));
    updateButtons();
}

void TrainPage::showCheck(const CheckMemory& memory) {
    checked_ = memory;
    check_job_ = 0;
    check_panel_->showResult(memory.check);
    updateCheckAge();
}

void TrainPage::recallCheck() {
    const auto kept = CheckMemory::fromJson(projectMemory(session_.folder()).value(CheckMemory::name).toObject());
    if (kept) showCheck(*kept);
}

void TrainPage::updateCheckAge() {
    if (!checked_ || engine_.find(check_job_)) return;
    check_panel_->showAge(checked_->when, checked_->settings != text(engine::to_json(form()->settings())));
}

void TrainPage::start() {
    engine::TrainParams params;
    params.project = path(session_.folder());
    params.settings = form()->settings();
    params.models = session_.models();
    show(View::curves);
    engine_.submit(engine::make_train_job(params));
}

void TrainPage::resumeRun(const store::RunRef& run) {
    if (const engine::JobId job = engine_.jobOfRun(run); job != 0) {
        engine_.resume(job);
        return;
    }
    if (asked_ == run) return;
    asked_ = run;
    background_.start(
        this,
        [run] { return engine::clip_changes(store::Project::open(run.project, store::OpenMode::read_only), run.id); },
        [this, run](const engine::ClipChanges& changes) {
            asked_ = {};
            if (changes.empty()) return submitResumed(run, engine::ChangedClips::leave_out_few);
            auto* question = new ResumeQuestion(changes, window());
            connect(question, &ResumeQuestion::chosen, this,
                    [this, run](engine::ChangedClips choice) { submitResumed(run, choice); });
            question->open();
        },
        [this, run](const Failure&) {
            asked_ = {};
            submitResumed(run, engine::ChangedClips::leave_out_few);  // the job reports the error
        });
}

void TrainPage::submitResumed(const store::RunRef& run, engine::ChangedClips changed) {
    engine::TrainParams params;
    params.project = run.project;
    params.resume = run.id;
    params.changed_clips = changed;
    show(View::curves);
    engine_.submit(engine::make_train_job(params), run);
    if (session_.holds(run)) showRun(run);
}

void TrainPage::jobFinished(const engine::JobFinished& result) {
    if (result.job == check_job_ && result.outcome != engine::Outcome::succeeded) {
        check_panel_->showFailure(text(result.message), text(result.remedy));
    }
    updateButtons();
}

}  // namespace rest::ui
