// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/captions_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/engine/settings/train_settings.h"
#include "ui/captions/made_caption_model.h"
#include "ui/captions/prediction_model.h"
#include "ui/captions/step_panel.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_card_delegate.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/clips/video_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/tables.h"
#include "ui/look/format.h"
#include "ui/player/video_player.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"

namespace rest::ui {

namespace {
const QSize thumbnail_size(60, 40);
}

struct CaptionsPage::Shown {
    store::VideoId video = 0;
    store::RunId run = 0;
    std::vector<store::CaptionRecord> captions;
    std::vector<store::GeneratedCaption> made;
    std::vector<std::pair<int, store::PredictionRecord>> predictions;
};

CaptionsPage::CaptionsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      runs_(runs),
      thumbnails_(new ThumbnailLoader(thumbnail_size, this)),
      model_(new VideoModel(thumbnails_, this)),
      made_(new MadeCaptionModel(this)),
      predictions_(new PredictionModel(this)),
      body_(new QStackedWidget) {
    auto* page = new QWidget;
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(page_margin);
    columns->addWidget(makeList());
    columns->addWidget(makeMiddle(), 1);
    columns->addWidget(makeRight());
    body_->addWidget(page);
    body_->addWidget(new EmptyState(QStringLiteral("captions"), tr("No videos yet"),
                                    tr("Import videos on the Dataset page; train to see how their captions evolve.")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->addWidget(body_);

    connect(&session_, &ProjectSession::videosChanged, this, &CaptionsPage::takeTable);
    // An answer that a closed project or a disk still owed does not come.
    const auto expect_nothing = [this] { loading_ = load_again_ = false; };
    connect(&session_, &ProjectSession::closed, this, expect_nothing);
    connect(&session_, &ProjectSession::failed, this, expect_nothing);
    connect(&session_, &ProjectSession::opened, this, [this] {
        thumbnails_->clear();
        back_.clear();
        video_ = run_ = 0;
        filter_->clear();
        takeTable();
    });
    connect(&runs_, &QAbstractItemModel::modelReset, this, &CaptionsPage::takeRuns);
    connect(&runs_, &QAbstractItemModel::dataChanged, this, [this] {
        if (run_ != 0 && isVisible()) load();
    });
    connect(&engine_, &EngineClient::captionsChanged, this, [this](qint64 run, int) {
        if (run == run_) load();
    });
    takeTable();
    takeRuns();
}

QWidget* CaptionsPage::makeList() {
    filter_ = new VideoFilterBar;
    list_ = new QListView;
    auto* delegate = new VideoCardDelegate(VideoCardDelegate::Form::line, thumbnail_size, this);
    list_->setItemDelegate(delegate);
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("Videos"));
    list_->setModel(model_);
    connect(filter_, &VideoFilterBar::changed, this, &CaptionsPage::applyFilter);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (const store::VideoRecord* video = model_->video(index); video && video->id != video_)
            showVideo(video->id, false);
    });
    auto* column = new QWidget;
    column->setFixedWidth(268);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("Captions")));
    layout->addWidget(filter_);
    layout->addWidget(list_, 1);
    return column;
}

QWidget* CaptionsPage::makeMiddle() {
    back_button_ = toolButton(QStringLiteral("back"), tr("Back to the video before (Alt+Left)"));
    connect(back_button_, &QToolButton::clicked, this, &CaptionsPage::back);
    auto* shortcut = new QShortcut(QKeySequence::Back, this);
    connect(shortcut, &QShortcut::activated, this, &CaptionsPage::back);
    name_ = sectionTitle({});
    about_ = mutedLabel();
    for (QLabel* label : {name_, about_}) label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    player_ = new VideoPlayer;
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(name_);
    names->addWidget(about_);
    auto* top = new QHBoxLayout;
    top->addWidget(back_button_);
    top->addLayout(names, 1);
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(top);
    layout->addWidget(player_, 1);
    return column;
}

QWidget* CaptionsPage::makeRight() {
    run_choice_ = new QComboBox;
    run_choice_->setModel(&runs_);
    run_choice_->setModelColumn(RunModel::NameColumn);
    run_choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    run_choice_->setPlaceholderText(tr("No run yet"));
    run_choice_->setAccessibleName(tr("Run"));
    run_choice_->setToolTip(tr("The run whose captions are shown"));
    connect(run_choice_, &QComboBox::activated, this, [this](int row) {
        if (const store::RunRecord* run = runs_.run(row)) showRun(run->id);
    });
    steps_ = new StepPanel;
    connect(steps_, &StepPanel::videoRequested, this, [this](qint64 id) { showVideo(id); });
    connect(steps_, &StepPanel::sampleRequested, player_, &VideoPlayer::showSample);
    auto* made = makeTable(made_, {52, 60});
    auto* predicted = makeTable(predictions_, {58, 54, 114});
    for (QTableView* table : {made, predicted}) wrapRows(table);
    made->setAccessibleName(tr("Captions made"));
    predicted->setAccessibleName(tr("Predictions"));
    connect(made, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (const store::GeneratedCaption* caption = made_->caption(index.row())) player_->showSample(caption->frame);
    });
    const auto tab = [](QWidget* inside) {
        auto* page = new QWidget;
        auto* layout = new QVBoxLayout(page);
        layout->setContentsMargins(0, gap, 0, 0);
        layout->addWidget(inside);
        return page;
    };
    tabs_ = new QTabWidget;
    tabs_->tabBar()->setDrawBase(false);
    tabs_->addTab(steps_, tr("Kept"));
    tabs_->addTab(tab(made), tr("Generated"));
    tabs_->addTab(tab(predicted), tr("Predictions"));
    tabs_->setTabToolTip(0, tr("The list W_i of each retrieval step: what the model learns from"));
    tabs_->setTabToolTip(1, tr("Everything the captioner said about this video"));
    tabs_->setTabToolTip(
        2, tr("Captions of val and test videos at each evaluation, and the class CLIP-TAM reads from them"));
    auto* column = new QWidget;
    column->setFixedWidth(376);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(run_choice_);
    layout->addWidget(tabs_, 1);
    return column;
}

void CaptionsPage::show(View view) {
    tabs_->setCurrentIndex(static_cast<int>(view));
}

void CaptionsPage::takeTable() {
    model_->setTable(session_.videos());
    body_->setCurrentIndex(session_.videos()->videos.empty() ? 1 : 0);
    if (session_.videos()->find(video_)) {
        list_->setCurrentIndex(model_->indexOf(video_));
    } else {
        const store::VideoRecord* first = model_->video(model_->index(0, 0));
        showVideo(first ? first->id : 0, false);
    }
}

void CaptionsPage::applyFilter() {
    model_->setFilter(filter_->filter());
    const QModelIndex current = model_->indexOf(video_);
    if (current.isValid()) {
        list_->setCurrentIndex(current);
        list_->scrollTo(current);
    }
}

void CaptionsPage::takeRuns() {
    if (runs_.rowOf(run_) >= 0) {
        run_choice_->setCurrentIndex(runs_.rowOf(run_));
        return;
    }
    const store::RunRecord* newest = runs_.run(0);
    showRun(newest ? newest->id : 0);
}

void CaptionsPage::showRun(store::RunId run) {
    if (run == run_ && run != 0) return;
    run_ = run;
    run_choice_->setCurrentIndex(runs_.rowOf(run));
    fresh_video_ = true;
    load();
}

int CaptionsPage::samples() const {
    const store::RunRecord* run = runs_.run(runs_.rowOf(run_));
    try {
        return static_cast<int>(
            (run ? engine::settings_from_json(run->settings_json) : engine::TrainSettings()).clips.frames);
    } catch (const Error&) {
        return static_cast<int>(engine::TrainSettings().clips.frames);
    }
}

void CaptionsPage::showVideo(store::VideoId id, bool remember) {
    if (remember && video_ != 0 && id != video_) back_.push_back(video_);
    const store::VideoRecord* video = session_.videos()->find(id);
    video_ = video ? id : 0;
    fresh_video_ = true;
    back_button_->setEnabled(!back_.empty());
    QModelIndex index = model_->indexOf(video_);
    if (video && !index.isValid()) {
        filter_->clear();
        model_->setFilter(filter_->filter());
        index = model_->indexOf(video_);
    }
    list_->setCurrentIndex(index);
    if (index.isValid()) list_->scrollTo(index);
    showTexts();
    player_->setVideo(video && video->problem.empty() ? text(video->path) : QString(), samples());
    load();
}

void CaptionsPage::showTexts() {
    const store::VideoRecord* video = session_.videos()->find(video_);
    name_->setText(video ? fileName(video->name) : QString());
    name_->setToolTip(video ? text(video->path) : QString());
    if (!video) return about_->clear();
    QStringList parts{text(dataset::to_string(video->split))};
    const QString class_name = session_.videos()->className(video->label);
    if (!class_name.isEmpty()) parts << class_name;
    if (video->problem.empty()) {
        parts << tr("%1 frames").arg(countText(video->frames))
              << QStringLiteral("%1 × %2").arg(video->width).arg(video->height);
    } else {
        parts << text(video->problem);
    }
    about_->setText(parts.join(QStringLiteral(" · ")));
    about_->setToolTip(text(video->remedy));
    const bool train = video->split == dataset::Split::train;
    if (run_ == 0) {
        steps_->setEmptyTexts(
            tr("No run yet"),
            tr("Start a training on the Train page: each video's captions appear here while it runs."));
    } else if (train) {
        steps_->setEmptyTexts(tr("No captions yet"),
                              tr("They appear when this run has finished its first retrieval step."));
    } else {
        steps_->setEmptyTexts(
            tr("Not a training video"),
            tr("Captions are kept for training videos only. What the model says of this one is under Predictions."));
    }
}

void CaptionsPage::back() {
    if (back_.empty()) return;
    const store::VideoId id = back_.back();
    back_.pop_back();
    showVideo(id, false);
}

void CaptionsPage::load() {
    showTexts();
    if (loading_) {
        load_again_ = true;
        return;
    }
    if (video_ == 0 || run_ == 0 || !session_.isOpen()) return fill({});
    loading_ = true;
    session_.read(
        this,
        [video = video_, run = run_](const store::Project& project) {
            return Shown{video, run, project.captions(run, video), project.generated_for(run, video),
                         project.predictions_for(run, video)};
        },
        [this](Shown shown) {
            loading_ = false;
            if (shown.video == video_ && shown.run == run_) fill(std::move(shown));
            if (std::exchange(load_again_, false)) load();
        },
        [this] { loading_ = load_again_ = false; });
}

void CaptionsPage::fill(Shown shown) {
    const bool kept = !shown.captions.empty();
    const bool predicted = !shown.predictions.empty();
    made_->setCaptions(std::move(shown.made));
    predictions_->setPredictions(std::move(shown.predictions), session_.videos()->classes);
    steps_->setCaptions(std::move(shown.captions), [this](store::VideoId id) {
        const store::VideoRecord* video = session_.videos()->find(id);
        return video ? fileName(video->name) : tr("a video that is gone");
    });
    if (std::exchange(fresh_video_, false)) {
        if (predicted && !kept) show(View::predictions);
        if (kept && tabs_->currentIndex() == static_cast<int>(View::predictions)) show(View::kept);
    }
}

bool CaptionsPage::idle() const {
    return thumbnails_->idle() && !loading_ && !player_->loading();
}

}  // namespace rest::ui
