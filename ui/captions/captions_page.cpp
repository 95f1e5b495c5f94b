// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/captions_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
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
    store::RunRef run;
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
    // After a project was closed or a read failed, the pending answer does not come.
    const auto expect_nothing = [this] { loading_ = load_again_ = false; };
    connect(&session_, &ProjectSession::closed, this, expect_nothing);
    connect(&session_, &ProjectSession::failed, this, expect_nothing);
    connect(&session_, &ProjectSession::opened, this, [this] {
        thumbnails_->clear();
        back_.clear();
        video_ = 0;
        run_ = {};
        wanted_ = {};
        filter_->clear();
        takeTable();
    });
    connect(&runs_, &QAbstractItemModel::modelReset, this, &CaptionsPage::takeRuns);
    connect(&runs_, &QAbstractItemModel::dataChanged, this, [this] {
        if (run_ && isVisible()) load();
    });
    connect(&engine_, &EngineClient::captionsChanged, this, [this](const store::RunRef& run, int) {
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
    back_button_ = toolButton(QStringLiteral("back"), tr("Back to where you came from (Alt+Left)"));
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
    connect(run_choice_, &QComboBox::activated, this, [this](int row) { showRun(runs_.ref(row)); });
    steps_ = new StepPanel;
    connect(steps_, &StepPanel::videoRequested, this, [this](qint64 id) { showVideo(id); });
    connect(steps_, &StepPanel::sampleRequested, player_, &VideoPlayer::showSample);
    made_table_ = makeTable(made_, {52, 60});
    predicted_table_ = makeTable(predictions_, {58, 54, 114});
    for (QTableView* table : {made_table_, predicted_table_}) wrapRows(table);
    made_table_->setAccessibleName(tr("Captions made"));
    predicted_table_->setAccessibleName(tr("Predictions"));
    const auto show_frame = [this](const QModelIndex& index) {
        if (const store::GeneratedCaption* caption = made_->caption(index.row())) player_->showSample(caption->frame);
    };
    connect(made_table_, &QAbstractItemView::clicked, this, show_frame);
    connect(made_table_, &QAbstractItemView::activated, this, show_frame);
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
    tabs_->addTab(tab(made_table_), tr("Generated"));
    tabs_->addTab(tab(predicted_table_), tr("Predictions"));
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
    if (filter_->filter() == model_->filter()) return;  // Back has set it, and the scroll position with it
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
    int row = 0;  // the newest training; without one the newest baseline
    while (runs_.run(row) && runs_.run(row)->kind != store::RunKind::training) ++row;
    showRun(runs_.ref(runs_.run(row) ? row : 0));
}

void CaptionsPage::showRun(const store::RunRef& run) {
    if (run == run_ && run) return;
    run_ = run;
    run_choice_->setCurrentIndex(runs_.rowOf(run));
    fresh_video_ = true;
    load();
}

int CaptionsPage::samples() const {
    const store::RunRecord* run = runs_.find(run_);
    try {
        return static_cast<int>(
            (run ? engine::settings_from_json(run->settings_json) : engine::TrainSettings()).clips.frames);
    } catch (const Error&) {
        return static_cast<int>(engine::TrainSettings().clips.frames);
    }
}

void CaptionsPage::showVideo(store::VideoId id, bool remember) {
    if (remember && video_ != 0 && id != video_) rememberHere();
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
    const store::RunRecord* run = runs_.find(run_);
    if (!run_) {
        steps_->setEmptyTexts(
            tr("No run yet"),
            tr("Start a training on the Train page: each video's captions appear here while it runs."));
    } else if (run && run->kind != store::RunKind::training) {
        steps_->setEmptyTexts(tr("A baseline keeps no captions"),
                              tr("What it says of val and test videos is under Predictions."));
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
    const std::function<void()> go = std::move(back_.back());
    back_.pop_back();
    back_button_->setEnabled(!back_.empty());
    go();
}

/// So that Back restores the list: its filter, its scroll position, and the tab and step shown of the video.
void CaptionsPage::rememberHere() {
    back_.push_back([this, video = video_, run = run_, filter = model_->filter(),
                     scrolled = list_->verticalScrollBar()->value(),
                     wanted = Wanted{static_cast<View>(tabs_->currentIndex()), steps_->step(), -1}] {
        filter_->setFilter(filter);
        model_->setFilter(filter);
        if (runs_.rowOf(run) >= 0) showRun(run);
        wanted_ = wanted;
        showVideo(video, false);
        list_->doItemsLayout();
        list_->verticalScrollBar()->setValue(scrolled);
    });
    back_button_->setEnabled(true);
}

void CaptionsPage::jumpTo(const Place& place, std::function<void()> back) {
    if (!session_.holds(place.run)) return;
    back_.push_back(std::move(back));
    if (place.run) showRun(place.run);
    wanted_ = {place.epoch >= 0 ? std::optional(View::predictions) : std::nullopt, place.step, place.epoch};
    showVideo(place.video, false);
}

void CaptionsPage::load() {
    showTexts();
    if (loading_) {
        load_again_ = true;
        return;
    }
    if (video_ == 0 || !run_ || !session_.holds(run_)) return fill({});
    loading_ = true;
    session_.read(
        this,
        [video = video_, run = run_](const store::Project& project) {
            return Shown{video, run, project.captions(run.id, video), project.generated_for(run.id, video),
                         project.predictions_for(run.id, video)};
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
    bringToFront(kept, predicted);
}

void CaptionsPage::bringToFront(bool kept, bool predicted) {
    const Wanted wanted = std::exchange(wanted_, {});
    if (std::exchange(fresh_video_, false)) {
        if (predicted && !kept) show(View::predictions);
        if (kept && tabs_->currentIndex() == static_cast<int>(View::predictions)) show(View::kept);
    }
    if (wanted.view) show(*wanted.view);
    if (wanted.step >= 0 && wanted.step < steps_->steps()) steps_->showStep(wanted.step);
    if (const int row = predictions_->rowOf(wanted.epoch); row >= 0) {
        predicted_table_->selectRow(row);
        predicted_table_->scrollTo(predictions_->index(row, 0));
    }
}

bool CaptionsPage::idle() const {
    return thumbnails_->idle() && !loading_ && !player_->loading();
}

}  // namespace rest::ui
