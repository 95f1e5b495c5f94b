// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/engine/inference/check_models.h"
#include "core/engine/run/train_check_job.h"
#include "core/engine/run/train_job.h"
#include "core/store/project.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/folder_field.h"
#include "ui/controls/tables.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/log_panel.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/train/check_panel.h"
#include "ui/train/curve_board.h"
#include "ui/train/resume_question.h"
#include "ui/train/setting_form.h"

namespace rest::ui {

TrainPage::TrainPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      runs_(runs),
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
    right->addWidget(makeRunBar());
    right->addWidget(tabs_, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(page_margin);
    layout->addWidget(makeSettings());
    layout->addLayout(right, 1);

    connect(&session_, &ProjectSession::opened, this, [this] {
        background_.forget();
        asked_ = {};
        forgetProject();
        model_line_->hide();
        takeModels();
        preset_->setCurrentText(session_.kind() == QLatin1String("demo") ? QStringLiteral("demo")
                                                                         : QStringLiteral("paper"));
    });
    connect(&session_, &ProjectSession::modelsChanged, this, [this] {
        takeModels();
        checkModels();
    });
    connect(&session_, &ProjectSession::videosChanged, this, &TrainPage::updateButtons);
    connect(&runs_, &QAbstractItemModel::modelReset, this, &TrainPage::takeRuns);
    connect(&runs_, &QAbstractItemModel::dataChanged, this, &TrainPage::updateButtons);
    connect(&engine_, &EngineClient::metricsAdded, curves_, &CurveBoard::add);
    connect(&engine_, &EngineClient::logged, log_, &LogPanel::add);
    connect(&engine_, &EngineClient::jobsChanged, this, &TrainPage::updateButtons);
    connect(&engine_, &EngineClient::jobFinished, this, &TrainPage::jobFinished);
    connect(&engine_, &EngineClient::runChanged, this, [this](const store::RunRef& run) {
        if (session_.holds(run) && runs_.rowOf(run) < 0) wanted_ = run;
    });
    takeRuns();
}

QWidget* TrainPage::makeSettings() {
    preset_ = new QComboBox;
    for (const std::string& name : engine::preset_names()) preset_->addItem(text(name));
    preset_->setToolTip(tr("The paper's values (Table 10), or small ones for the demo world"));
    form_ = new SettingForm;
    form_->setPreset(preset_->currentText());
    form_->setObjectName(QStringLiteral("clear"));
    connect(preset_, &QComboBox::currentTextChanged, form_, &SettingForm::setPreset);
    connect(form_, &SettingForm::changed, this, &TrainPage::updateButtons);
    captioner_ = new FolderField(
        tr("Captioner"), tr("The demo captioner"),
        tr("Name of a model, folder of a BLIP captioner (Hugging Face) or the authors' .pth file. Empty: the demo "
           "model."));
    clip_ = new FolderField(
        tr("CLIP"), tr("The demo CLIP"),
        tr("Name of a model, folder of a CLIP (Hugging Face) or OpenAI's .pt file. Empty: the demo model."));
    for (FolderField* field : {captioner_, clip_}) {
        connect(field, &FolderField::chosen, this, &TrainPage::chooseModels);
        connect(field, &FolderField::moreRequested, this, &TrainPage::modelsRequested);
    }

    model_line_ = new WrapLabel({}, "muted");
    model_line_->setTextFormat(Qt::PlainText);
    model_line_->hide();

    auto* preset_row = new QHBoxLayout;
    auto* preset_label = new QLabel(tr("P&reset"));
    preset_label->setBuddy(preset_);
    preset_row->addWidget(preset_label, 1);
    preset_row->addWidget(preset_);
    preset_->setFixedWidth(150);
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* inner = new QVBoxLayout(inside);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(gap);
    inner->addWidget(sectionTitle(tr("Models")));
    inner->addWidget(captioner_);
    inner->addWidget(clip_);
    inner->addWidget(model_line_);
    inner->addSpacing(small_gap);
    inner->addWidget(form_);
    inner->setAlignment(Qt::AlignTop);
    for (FolderField* field : {captioner_, clip_}) field->setContentsMargins(0, 0, gap, 0);
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);

    auto* panel = new QWidget;
    panel->setFixedWidth(364);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("Train")));
    layout->addLayout(preset_row);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeButtons());
    return panel;
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

QWidget* TrainPage::makeRunBar() {
    run_choice_ = new QComboBox;
    run_choice_->setModel(&runs_);
    run_choice_->setModelColumn(RunModel::NameColumn);
    run_choice_->setMinimumWidth(380);
    run_choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    run_choice_->setPlaceholderText(tr("No run yet"));
    run_choice_->setAccessibleName(tr("Run"));
    run_choice_->setToolTip(tr("The run whose curves are shown"));
    run_line_ = mutedLabel();
    run_line_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    pause_ = button(tr("Pause"), QStringLiteral("pause"));
    resume_ = button(tr("Resume"), QStringLiteral("play"));
    cancel_ = button(tr("Cancel"), QStringLiteral("cancel"));
    cancel_->setToolTip(tr("Stop the training; its checkpoints stay, and it can be resumed"));
    connect(run_choice_, &QComboBox::activated, this, [this](int row) { showRun(runs_.ref(row)); });
    connect(pause_, &QPushButton::clicked, this, [this] { engine_.pause(engine_.jobOfRun(shown_)); });
    connect(cancel_, &QPushButton::clicked, this, [this] { engine_.cancel(engine_.jobOfRun(shown_)); });
    connect(resume_, &QPushButton::clicked, this, [this] { resumeRun(shown_); });
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(run_choice_);
    layout->addSpacing(small_gap);
    layout->addWidget(run_line_, 1);
    for (QPushButton* made : {pause_, resume_, cancel_}) layout->addWidget(made);
    return bar;
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

void TrainPage::takeModels() {
    captioner_->setPath(text(session_.models().captioner));
    clip_->setPath(text(session_.models().clip));
}

void TrainPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    offerModels();
}

void TrainPage::offerModels() {
    model_work_.start(
        this, [] { return models::list_models(models::read_catalogue(), models::default_places()); },
        [this](const std::vector<models::ModelInfo>& found) {
            for (const auto& [field, use] :
                 {std::pair{captioner_, models::ModelUse::captioner}, std::pair{clip_, models::ModelUse::clip}}) {
                QStringList names;
                for (const auto& info : found) {
                    if (info.usable() && info.use == use) names << text(info.name);
                }
                field->setOffers(names, tr("Get models…"));
            }
        },
        [](const Failure&) {});  // a path can be typed all the same, and the page Models tells why
}

void TrainPage::chooseModels() {
    session_.setModels({captioner_->path().toStdString(), clip_->path().toStdString()});
}

/// Better told where they are chosen than when hours of work are to begin.
void TrainPage::checkModels() {
    model_work_.forget();
    offerModels();
    setTone(model_line_, "muted");
    model_line_->show();
    model_line_->setText(tr("Looking whether these models can be used…"));
    model_work_.start(
        this, [chosen = session_.models()] { return engine::check_models(chosen); },
        [this](const std::vector<std::string>& cautions) {
            QStringList lines;
            for (const auto& caution : cautions) lines << text(caution);
            setTone(model_line_, cautions.empty() ? "good" : "warning");
            model_line_->setText(cautions.empty() ? tr("Both models are whole and can be used.")
                                                  : lines.join(QChar('\n')));
        },
        [this](const Failure& failure) {
            setTone(model_line_, "bad");
            model_line_->setText(failure.message +
                                 (failure.remedy.isEmpty() ? QString() : QChar('\n') + failure.remedy));
        });
}

QString TrainPage::modelMessage() const {
    return model_line_->isHidden() ? QString() : model_line_->text();
}

void TrainPage::takeRuns() {
    if (runs_.rowOf(wanted_) >= 0) {
        showRun(std::exchange(wanted_, {}));
    } else if (runs_.rowOf(shown_) >= 0) {
        run_choice_->setCurrentIndex(runs_.rowOf(shown_));
    } else {
        showRun(runs_.ref(0));
    }
    updateButtons();
}

/// What was asked for in the project before does not show in this one.
void TrainPage::forgetProject() {
    wanted_ = {};
    check_job_ = 0;
    check_panel_->clear();
    curves_->keepOnly([this](const store::RunRef& run) { return engine_.jobOfRun(run) != 0; });
    showRun({});
}

void TrainPage::showRun(const store::RunRef& run) {
    shown_ = run;
    run_choice_->setCurrentIndex(runs_.rowOf(run));
    if (run) run_table_->selectRow(runs_.rowOf(run));
    curve_stack_->setCurrentIndex(run ? 0 : 1);
    curves_->showRun(run);
    updateButtons();
}

void TrainPage::updateButtons() {
    const store::RunRecord* run = runs_.find(shown_);
    const JobInfo* job = engine_.find(engine_.jobOfRun(shown_));
    const bool live = job != nullptr;
    const bool paused = live && job->state == JobState::paused;
    const bool videos = !session_.videos()->videos.empty();
    check_button_->setEnabled(session_.isOpen() && videos && form_->valid());
    start_button_->setEnabled(session_.isOpen() && videos && form_->valid());
    start_button_->setToolTip(!videos ? tr("Import videos first")
                              : !form_->valid()
                                  ? tr("Some settings are not valid: they are marked red")
                                  : tr("Adds a run with these settings; it starts when the jobs before it are done"));
    pause_->setVisible(live && !paused);
    cancel_->setVisible(live);
    resume_->setVisible(paused || (!live && run && resumable(*run)));
    resume_->setToolTip(paused ? tr("Go on") : tr("Go on from the last checkpoint, with the run's own settings"));
    if (!run) {
        run_line_->setText({});
        return;
    }
    QString line = tr("%1 · epoch %2 of %3")
                       .arg(paused ? tr("paused") : text(store::to_string(run->status)))
                       .arg(run->epoch)
                       .arg(totalEpochs(*run));
    if (!live && run->status == store::RunStatus::running)
        line = tr("stopped at epoch %1 of %2").arg(run->epoch).arg(totalEpochs(*run));
    if (!run->message.empty()) line += QStringLiteral(" · ") + text(run->message);
    run_line_->setText(line);
    run_line_->setToolTip(line);
}

void TrainPage::check() {
    engine::TrainCheckParams params;
    params.train.project = path(session_.folder());
    params.train.settings = form_->settings();
    check_panel_->showWaiting();
    show(View::check);
    check_job_ = engine_.submit(engine::make_train_check_job(
        params, [page = QPointer<TrainPage>(this), of = session_.ref()](const engine::TrainCheck& result) {
            QMetaObject::invokeMethod(
                qApp,
                [page, of, result] {
                    if (page && page->session_.holds(of)) page->check_panel_->showResult(result);
                },
                Qt::QueuedConnection);
        }));
}

void TrainPage::start() {
    engine::TrainParams params;
    params.project = path(session_.folder());
    params.settings = form_->settings();
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
            submitResumed(run, engine::ChangedClips::leave_out_few);  // the job says what is wrong
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
