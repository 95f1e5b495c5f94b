// SPDX-License-Identifier: GPL-3.0-or-later
// How the page is put together: its columns, its keys, and what its parts tell one another.
#include <QComboBox>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/captions/captions_header.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/clip_column.h"
#include "ui/captions/diversity_panel.h"
#include "ui/captions/evolution_panel.h"
#include "ui/captions/figure_dialog.h"
#include "ui/captions/video_column.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/look/format.h"
#include "ui/player/video_player.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"

namespace rest::ui {

namespace {
const QSize list_thumbnail(60, 40);
const QString columns_key = QStringLiteral("captions/columns");
const QString clip_key = QStringLiteral("captions/clip");
const QString side_key = QStringLiteral("captions/side_by_side");
}  // namespace

CaptionsPage::CaptionsPage(ProjectSession& session, EngineClient& engine, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      runs_(runs),
      thumbnails_(new ThumbnailLoader(list_thumbnail, this)),
      reader_(session),
      body_(new QStackedWidget),
      columns_(new QSplitter),
      run_choice_(new QComboBox),
      videos_(new VideoColumn(thumbnails_)),
      header_(new CaptionsHeader),
      tabs_(new CaptionTabs),
      clip_(new ClipColumn) {
    thumbnails_->serve(videos_);
    makeColumns();
    body_->addWidget(columns_);
    body_->addWidget(new EmptyState(QStringLiteral("captions"), tr("No videos yet"),
                                    tr("Import videos on the Dataset page; train to see how their captions evolve.")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->addWidget(body_);
    tabs_->evolution()->setSourceOf([this](store::VideoId id) {
        const store::VideoRecord* video = session_.videos()->find(id);
        if (!video) return CaptionSource{tr("a video that is gone"), {}, {}, {}};
        return CaptionSource{fileName(video->name), truth_ ? session_.videos()->className(video->label) : QString(),
                             clip_->similarity(id),
                             video->problem.empty() ? thumbnails_->pixmap(id, text(video->path)) : QPixmap()};
    });
    makeShortcuts();
    connectParts();
    connectProject();
    rememberSizes();
    showTruth(false);
    takeTable();
    takeRuns();
}

QWidget* CaptionsPage::makeRunChoice() {
    run_choice_->setModel(&runs_);
    run_choice_->setModelColumn(RunModel::NameColumn);
    run_choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    run_choice_->setPlaceholderText(tr("No run yet"));
    run_choice_->setAccessibleName(tr("Run"));
    run_choice_->setToolTip(tr("The run whose captions are shown"));
    connect(run_choice_, &QComboBox::activated, this, [this](int row) { showRun(runs_.ref(row)); });
    return run_choice_;
}

void CaptionsPage::makeColumns() {
    videos_->addOnTop(pageTitle(tr("Captions")));
    videos_->addOnTop(makeRunChoice());
    videos_->setMinimumWidth(180);
    auto* middle = new QWidget;
    auto* layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(header_);
    layout->addWidget(tabs_, 1);
    middle->setMinimumWidth(400);
    clip_->setMinimumWidth(250);
    for (QWidget* column : {static_cast<QWidget*>(videos_), middle, static_cast<QWidget*>(clip_)})
        columns_->addWidget(column);
    columns_->setHandleWidth(gap);
    columns_->setChildrenCollapsible(false);
    // The captions get more than half of the page, and of what it grows by.
    columns_->setSizes({210, 560, 270});
    columns_->setStretchFactor(0, 1);
    columns_->setStretchFactor(1, 4);
    columns_->setStretchFactor(2, 2);
}

void CaptionsPage::rememberSizes() {
    const QSettings kept;
    columns_->restoreState(kept.value(columns_key).toByteArray());
    clip_->restoreState(kept.value(clip_key).toByteArray());
    connect(columns_, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(columns_key, columns_->saveState()); });
    connect(clip_, &QSplitter::splitterMoved, this, [this] { QSettings().setValue(clip_key, clip_->saveState()); });
    connect(header_->sideButton(), &QToolButton::toggled, this, [this](bool on) {
        tabs_->evolution()->setSideBySide(on);
        QSettings().setValue(side_key, on);
    });
    header_->sideButton()->setChecked(kept.value(side_key).toBool());
}

void CaptionsPage::makeShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto run) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, run);
    };
    add(QKeySequence::Back, [this] { back(); });
    add(Qt::Key_J, [this] { videos_->step(1); });
    add(Qt::Key_K, [this] { videos_->step(-1); });
    add(Qt::Key_G, [this] { showTruth(!truth_); });
}

void CaptionsPage::connectParts() {
    connect(videos_, &VideoColumn::videoChosen, this, [this](qint64 id) { showVideo(id, false); });
    connect(videos_, &VideoColumn::playRequested, this, &CaptionsPage::togglePlay);
    connect(header_, &CaptionsHeader::backRequested, this, &CaptionsPage::back);
    connect(header_, &CaptionsHeader::figureRequested, this, [this] {
        if (FigureDialog* figure = makeFigure()) figure->show();
    });
    connect(header_->truthButton(), &QToolButton::clicked, this, &CaptionsPage::showTruth);
    connect(tabs_, &CaptionTabs::sampleRequested, player(), &VideoPlayer::showSample);
    connect(tabs_->evolution(), &EvolutionPanel::videoRequested, this, [this](qint64 id) { showVideo(id); });
    connect(clip_, &ClipColumn::videoRequested, this, [this](qint64 id) { showVideo(id); });
    connect(clip_, &ClipColumn::similaritiesChanged, tabs_->evolution(),
            [this] { tabs_->evolution()->updateSources(); });
    connect(thumbnails_, &ThumbnailLoader::ready, tabs_->evolution(),
            [this](qint64 id) { tabs_->evolution()->updateSources({id}); });
    connect(tabs_->diversity(), &DiversityPanel::videosFound, videos_, &VideoColumn::showOnly);
    connect(tabs_->diversity(), &DiversityPanel::failed, &session_, &ProjectSession::failed);
    connect(&reader_, &CaptionReader::answered, this, &CaptionsPage::fill);
}

void CaptionsPage::connectProject() {
    connect(&session_, &ProjectSession::videosChanged, this, &CaptionsPage::takeTable);
    connect(&session_, &ProjectSession::opened, this, &CaptionsPage::open);
    connect(&runs_, &QAbstractItemModel::modelReset, this, &CaptionsPage::takeRuns);
    connect(&runs_, &QAbstractItemModel::dataChanged, this, [this] {
        if (run_ && isVisible()) load();
    });
    connect(&engine_, &EngineClient::captionsChanged, this, [this](const store::RunRef& run, int) {
        if (run == run_) stepCame();
    });
}

}  // namespace rest::ui
