// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_page.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include "core/engine/imports/import_job.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_card_delegate.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/clips/video_grid.h"
#include "ui/clips/video_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/drop_frame.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/tables.h"
#include "ui/dataset/import_preview.h"
#include "ui/dataset/problem_model.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {
const QSize thumbnail_size(168, 112);
}

DatasetPage::DatasetPage(ProjectSession& session, EngineClient& engine, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      thumbnails_(new ThumbnailLoader(thumbnail_size, this)),
      model_(new VideoModel(thumbnails_, this)),
      problems_(new ProblemModel(this)),
      frame_(new DropFrame),
      preview_(new ImportPreview),
      body_(new QStackedWidget),
      tabs_(new QTabWidget) {
    empty_ = new EmptyState(
        QStringLiteral("dataset"), tr("No videos yet"),
        tr("Drop a folder of videos here, or pick one. Folders and lists of Kinetics, UCF101, HMDB51 and "
           "mmaction2 are recognised; you see what was found before anything is imported."));
    connect(empty_->addButton(tr("Pick a folder…"), QStringLiteral("folder"), true), &QPushButton::clicked, this,
            &DatasetPage::pickFolder);
    QWidget* header = makeHeader();
    tabs_->tabBar()->setDrawBase(false);
    tabs_->addTab(makeVideosTab(), tr("Videos"));
    tabs_->addTab(makeProblemsTab(), tr("Problems"));
    body_->addWidget(empty_);
    body_->addWidget(tabs_);
    preview_->hide();

    auto* inner = new QVBoxLayout(frame_);
    inner->setContentsMargins(page_margin, page_margin, page_margin, gap);
    inner->setSpacing(gap);
    inner->addWidget(header);
    inner->addWidget(preview_);
    inner->addWidget(body_, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(frame_);

    connect(frame_, &DropFrame::dropped, this, &DatasetPage::preview);
    connect(preview_, &ImportPreview::importRequested, this, &DatasetPage::startImport);
    connect(preview_, &ImportPreview::dismissed, preview_, &QWidget::hide);
    connect(&session_, &ProjectSession::videosChanged, this, &DatasetPage::takeTable);
    connect(&session_, &ProjectSession::opened, this, [this] {
        thumbnails_->clear();
        filter_->clear();
        preview_->hide();
        takeTable();
    });
    connect(&engine_, &EngineClient::videosChanged, this, [this](const std::filesystem::path& project) {
        if (session_.holds({project})) session_.reloadVideos();
    });
    takeTable();
}

QWidget* DatasetPage::makeHeader() {
    auto* header = new QWidget;
    counts_ = mutedLabel();
    add_ = button(tr("Add videos…"), QStringLiteral("add"));
    add_->setToolTip(tr("Pick a folder; nothing is imported before you have seen what it contains"));
    connect(add_, &QPushButton::clicked, this, &DatasetPage::pickFolder);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    titles->addWidget(pageTitle(tr("Dataset")));
    titles->addWidget(counts_);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(titles, 1);
    layout->addWidget(add_, 0, Qt::AlignTop);
    return header;
}

void DatasetPage::makeViews() {
    auto* delegate = new VideoCardDelegate(VideoCardDelegate::Form::card, thumbnail_size, this);
    grid_ = new VideoGrid(delegate->cellSize());
    grid_->setItemDelegate(delegate);
    grid_->setAccessibleName(tr("Videos"));
    grid_->setModel(model_);
    thumbnails_->serve(grid_);

    table_ = makeTable(model_, {340, 150, 70, 80, 100, 90});
    sortByHeader(table_);
    rememberColumns(table_, QStringLiteral("videos"));
    table_->setAccessibleName(tr("Videos"));
    for (QAbstractItemView* view : std::initializer_list<QAbstractItemView*>{grid_, table_}) {
        connect(view, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
            if (const store::VideoRecord* video = model_->video(index))
                Q_EMIT videoActivated({.run = session_.ref(), .video = video->id});
        });
    }
}

QWidget* DatasetPage::makeVideosTab() {
    makeViews();
    filter_ = new VideoFilterBar;
    shown_ = mutedLabel();
    grid_button_ = toolButton(QStringLiteral("grid"), tr("Show pictures"));
    table_button_ = toolButton(QStringLiteral("list"), tr("Show a table"));
    views_ = new QStackedWidget;
    views_->addWidget(grid_);
    views_->addWidget(table_);
    views_->addWidget(new EmptyState(QStringLiteral("search"), tr("Nothing matches the filter"),
                                     tr("Words must occur in the name, the class, the split or the problem.")));
    auto* group = new QButtonGroup(this);
    for (QToolButton* choice : {grid_button_, table_button_}) {
        choice->setCheckable(true);
        group->addButton(choice);
        connect(choice, &QToolButton::toggled, this, &DatasetPage::updateCounts);
    }
    grid_button_->setChecked(true);
    connect(filter_, &VideoFilterBar::changed, this, &DatasetPage::applyFilter);

    auto* bar = new QHBoxLayout;
    bar->setSpacing(small_gap);
    filter_->setMaximumWidth(460);
    bar->addWidget(filter_, 1);
    bar->addSpacing(gap);
    bar->addWidget(shown_);
    bar->addStretch();
    bar->addWidget(grid_button_);
    bar->addWidget(table_button_);
    auto* tab = new QWidget;
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(bar);
    layout->addWidget(views_, 1);
    return tab;
}

QWidget* DatasetPage::makeProblemsTab() {
    problem_table_ = makeTable(problems_, {320, 330});
    makeSortable(problem_table_);
    problem_table_->setAccessibleName(tr("Problems"));
    rememberColumns(problem_table_, QStringLiteral("problems"));
    problem_table_->setWordWrap(true);
    auto* copy = button(tr("Copy list"));
    copy->setToolTip(tr("All problems as tab-separated text"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(problems_->asText()); });
    auto* reveal = button(tr("Show in folder"), QStringLiteral("folder"));
    connect(reveal, &QPushButton::clicked, this, [this] {
        const QString folder = problems_->folder(sourceRow(problem_table_->currentIndex()));
        if (!folder.isEmpty()) QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    auto* again = mutedLabel(tr("These files are not used in training. Import the folder again after repairing them."));
    auto* bar = new QHBoxLayout;
    bar->addWidget(again, 1);
    bar->addWidget(reveal);
    bar->addWidget(copy);
    auto* tab = new QWidget;
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(bar);
    layout->addWidget(problem_table_, 1);
    return tab;
}

void DatasetPage::show(View view) {
    tabs_->setCurrentIndex(view == View::problems ? 1 : 0);
    if (view == View::grid) grid_button_->setChecked(true);
    if (view == View::table) table_button_->setChecked(true);
}

DatasetPage::View DatasetPage::view() const {
    if (tabs_->currentIndex() == 1) return View::problems;
    return table_button_->isChecked() ? View::table : View::grid;
}

void DatasetPage::takeTable() {
    model_->setTable(session_.videos());
    problems_->setTable(session_.videos());
    body_->setCurrentWidget(session_.videos()->videos.empty() ? static_cast<QWidget*>(empty_) : tabs_);
    updateCounts();
}

void DatasetPage::applyFilter() {
    const QModelIndex current = grid_->currentIndex();
    const store::VideoRecord* video = model_->video(current);
    const store::VideoId id = video ? video->id : 0;
    model_->setFilter(filter_->filter());
    if (const QModelIndex again = model_->indexOf(id); again.isValid()) {
        grid_->setCurrentIndex(again);
        table_->setCurrentIndex(again);
    }
    updateCounts();
}

void DatasetPage::updateCounts() {
    const VideoTable& table = *session_.videos();
    const auto total = static_cast<qint64>(table.videos.size());
    QStringList parts;
    if (total == 0) {
        parts << tr("Videos that REST learns from and is measured on");
    } else {
        parts << tr("%1 videos").arg(countText(total)) << tr("%1 classes").arg(countText(table.classes.size()));
        for (int split = 0; split < 3; ++split) {
            const qint64 count = table.per_split[static_cast<size_t>(split)];
            if (count > 0)
                parts << QStringLiteral("%1 %2").arg(countText(count),
                                                     text(dataset::to_string(static_cast<dataset::Split>(split))));
        }
        parts << durationText(table.seconds);
        if (table.problems > 0) parts << tr("%1 problems").arg(countText(table.problems));
    }
    counts_->setText(parts.join(QStringLiteral("  ·  ")));
    add_->setVisible(total > 0);
    tabs_->setTabText(1, table.problems > 0 ? tr("Problems (%1)").arg(countText(table.problems)) : tr("Problems"));
    const int rows = model_->rowCount();
    shown_->setText(rows == total ? QString() : tr("%1 shown").arg(countText(rows)));
    views_->setCurrentIndex(rows == 0 ? 2 : table_button_->isChecked() ? 1 : 0);
}

void DatasetPage::pickFolder() {
    auto* dialog = new QFileDialog(this, tr("Folder of videos"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &DatasetPage::preview);
    dialog->open();
}

void DatasetPage::preview(const QString& source) {
    preview_->look(source);
    preview_->show();
}

void DatasetPage::startImport() {
    engine::ImportParams params;
    params.project = path(session_.folder());
    params.source = path(preview_->source());
    params.layout = preview_->settings().layout;
    params.folders = preview_->settings().folders;
    preview_->hide();
    engine_.submit(engine::make_import_job(params));
}

bool DatasetPage::idle() const {
    return thumbnails_->idle() && !preview_->looking();
}

}  // namespace rest::ui
