// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_grid.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/clip_detail.h"
#include "ui/gallery/evaluation_bar.h"
#include "ui/gallery/failure_delegate.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/filter_panel.h"
#include "ui/gallery/margin_range.h"
#include "ui/gallery/saved_filters.h"
#include "ui/gallery/tag_bar.h"
#include "ui/gallery/tag_editor.h"
#include "ui/gallery/tag_writer.h"
#include "ui/look/format.h"
#include "ui/player/video_player.h"
#include "ui/session/engine_client.h"
#include "ui/session/long_work.h"
#include "ui/session/project_session.h"
#include "ui/session/work_bar.h"

namespace rest::ui {

namespace {
constexpr int filter_width = 232;
constexpr int number_keys = 9;
}  // namespace

GalleryPage::GalleryPage(ProjectSession& session, EngineClient& engine, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      strips_(new ThumbnailLoader(FailureDelegate::frameSize(), this, FailureDelegate::frames)),
      book_(new ClipBook(session, this)),
      model_(new FailureModel(session, *book_, *strips_, this)),
      writer_(new TagWriter(session, this)),
      work_(new LongWork(this)),
      evaluations_(new EvaluationBar(session, engine)),
      panel_(new FilterPanel(*book_)),
      tags_(new TagBar(*book_)),
      body_(new QStackedWidget),
      views_(new QStackedWidget),
      cards_(new QStackedWidget) {
    saved_ = new SavedFilters(session, *book_, *panel_, *writer_);
    detail_ = new ClipDetail(session, *book_, *model_, *writer_);
    views_->addWidget(makeBrowse());
    views_->addWidget(detail_);
    auto* clips = new QWidget;
    auto* column = new QVBoxLayout(clips);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(views_, 1);
    column->addWidget(tags_);
    body_->addWidget(clips);
    empty_ = new EmptyState(QStringLiteral("failures"), {}, {});
    connect(empty_->addButton(tr("Go to Reports"), QStringLiteral("reports"), true), &QPushButton::clicked, this,
            &GalleryPage::reportsPageRequested);
    connect(empty_->addButton(tr("Go to Train"), QStringLiteral("train")), &QPushButton::clicked, this,
            &GalleryPage::trainPageRequested);
    body_->addWidget(empty_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(gap);
    layout->addWidget(makeHead());
    layout->addWidget(new WorkBar(*work_));
    layout->addWidget(body_, 1);
    keep_wait_.setSingleShot(true);
    keep_wait_.setInterval(400);
    connect(&keep_wait_, &QTimer::timeout, this, &GalleryPage::keepState);
    makeKeys();
    connectBook();
    takeList();
}

QWidget* GalleryPage::makeHead() {
    about_ = mutedLabel();
    about_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    titles->addWidget(pageTitle(tr("Failures")));
    titles->addWidget(about_);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(page_margin);
    layout->addLayout(titles, 2);
    layout->addWidget(evaluations_, 3);
    return head;
}

QWidget* GalleryPage::makeTools() {
    count_ = new QLabel;
    order_ = new QComboBox;
    order_->addItems({tr("By video"), tr("Least sure first"), tr("Surest first"), tr("Worst place first")});
    order_->setAccessibleName(tr("Order"));
    order_->setToolTip(tr("Sure: by how much the class read leads the next; place: of the true class"));
    order_->setFocusPolicy(Qt::TabFocus);
    connect(order_, &QComboBox::currentIndexChanged, this, [this](int order) {
        book_->setOrder(static_cast<gallery::Order>(order));
        keep_wait_.start();
    });
    auto* out = button(tr("Export…"), QStringLiteral("export"));
    out->setToolTip(tr("The clips shown or selected as a folder with videos, CSV and JSON"));
    out->setFocusPolicy(Qt::TabFocus);
    connect(out, &QPushButton::clicked, this, &GalleryPage::askExport);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(count_);
    layout->addStretch();
    layout->addWidget(saved_);
    layout->addWidget(order_);
    layout->addWidget(out);
    return row;
}

QWidget* GalleryPage::makeBrowse() {
    auto* delegate = new FailureDelegate(this);
    grid_ = new VideoGrid(FailureDelegate::cellSize());
    grid_->setItemDelegate(delegate);
    grid_->setModel(model_);
    grid_->setAccessibleName(tr("Clips"));
    grid_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    grid_->setContextMenuPolicy(Qt::CustomContextMenu);
    grid_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(grid_, &QAbstractItemView::activated, this, [this](const QModelIndex& index) { open(index.row()); });
    connect(grid_, &QWidget::customContextMenuRequested, this, &GalleryPage::showMenu);
    connect(grid_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GalleryPage::takeSelection);
    connect(grid_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (moving_ || !index.isValid()) return;
        row_ = index.row();
        if (const gallery::Clip* clip = model_->clip(row_)) current_ = clip->video;
    });
    auto* nothing = new EmptyState(QStringLiteral("search"), tr("No clip passes the filter"),
                                   tr("Each option at the left tells how many clips it would show."));
    connect(nothing->addButton(tr("Clear filters")), &QPushButton::clicked, panel_, &FilterPanel::clear);
    cards_->addWidget(grid_);
    cards_->addWidget(nothing);
    panel_->setFixedWidth(filter_width);
    auto* right = new QVBoxLayout;
    right->setSpacing(small_gap);
    right->addWidget(makeTools());
    right->addWidget(cards_, 1);
    auto* browse = new QWidget;
    auto* layout = new QHBoxLayout(browse);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(page_margin);
    layout->addWidget(panel_);
    layout->addLayout(right, 1);
    return browse;
}

void GalleryPage::makeKeys() {
    const auto key = [this](const QKeySequence& keys, auto run) {
        auto* made = new QShortcut(keys, this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, run);
    };
    key(Qt::Key_J, [this] { go(1); });
    key(Qt::Key_K, [this] { go(-1); });
    key(Qt::Key_Escape, [this] {
        if (isOpen()) return back();
        grid_->setFocus();
    });
    key(Qt::Key_N, [this] {
        if (!isOpen()) open(currentRow());
        detail_->note()->setFocus();
    });
    key(Qt::Key_C, [this] {
        if (current_ != 0) Q_EMIT videoActivated(currentPlace());
    });
    key(Qt::Key_R, [this] {
        if (current_ != 0) Q_EMIT reportRequested(currentPlace());
    });
    for (int number = 0; number < number_keys; ++number) {
        key(Qt::Key_1 + number, [this, number] {
            const auto& tags = book_->marks()->tags;
            if (number < std::ssize(tags)) toggleTag(tags[static_cast<size_t>(number)].id);
        });
    }
}

void GalleryPage::connectBook() {
    connect(evaluations_, &EvaluationBar::listChanged, this, &GalleryPage::takeList);
    connect(evaluations_, &EvaluationBar::chosen, this, [this] {
        back();
        book_->choose(evaluations_->current(), evaluations_->other());
        keep_wait_.start();
    });
    connect(book_, &ClipBook::tableChanged, this, &GalleryPage::takeTable);
    connect(model_, &QAbstractItemModel::modelAboutToBeReset, this, [this] { moving_ = true; });
    connect(model_, &QAbstractItemModel::modelReset, this, &GalleryPage::takeShown);
    connect(book_, &ClipBook::filtered, this, [this] {
        updateTexts();
        if (isOpen()) detail_->refresh();
    });
    connect(book_, &ClipBook::marksChanged, this, &GalleryPage::takeSelection);
    connect(panel_, &FilterPanel::changed, &keep_wait_, QOverload<>::of(&QTimer::start));
    connect(panel_->margin(), &MarginRange::measureRequested, this, &GalleryPage::measureAgain);
    connect(tags_, &TagBar::tagPressed, this, &GalleryPage::toggleTag);
    connect(tags_, &TagBar::editRequested, this, &GalleryPage::editTags);
    connect(writer_, &TagWriter::written, book_, &ClipBook::reloadMarks);
    connect(writer_, &TagWriter::failed, this, &GalleryPage::failed);
    connect(writer_, &TagWriter::undoOffered, this, &GalleryPage::undoOffered);
    connect(saved_, &SavedFilters::told, this, &GalleryPage::told);
    connect(detail_, &ClipDetail::backRequested, this, &GalleryPage::back);
    connect(detail_, &ClipDetail::moveRequested, this, &GalleryPage::go);
    connect(detail_, &ClipDetail::captionsRequested, this, [this] { Q_EMIT videoActivated(currentPlace()); });
    connect(detail_, &ClipDetail::reportsRequested, this, [this] { Q_EMIT reportRequested(currentPlace()); });
    connect(work_, &LongWork::cancelled, this,
            [this] { Q_EMIT told(tr("The export was cancelled; nothing of it is left."), true); });
    connect(&engine_, &EngineClient::runChanged, this, [this](const store::RunRef& run) {
        if (run == session_.ref(book_->evaluation().run)) book_->reload();
    });
    connect(&session_, &ProjectSession::videosChanged, book_, &ClipBook::reload);
    connect(&session_, &ProjectSession::opened, this, [this] {
        strips_->clear();
        views_->setCurrentIndex(0);
        row_ = -1;
        current_ = 0;
        recalled_ = false;
        updateTexts();
    });
    connect(&session_, &ProjectSession::closed, this, [this] {
        keep_wait_.stop();
        back();
    });
}

void GalleryPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    book_->reload();  // people may have rated meanwhile
    if (!isOpen()) grid_->setFocus();
}

void GalleryPage::takeList() {
    if (!evaluations_->all().empty() && !recalled_) recallState();
    if (evaluations_->current() != book_->evaluation() || evaluations_->other() != book_->other())
        book_->choose(evaluations_->current(), evaluations_->other());
    updateTexts();
}

void GalleryPage::takeTable() {
    panel_->margin()->setMeasurable(book_->table()->run.kind == store::RunKind::training &&
                                    static_cast<bool>(book_->evaluation()));
    if (!book_->table()->clips.empty() && wanted_filter_) takeRemembered(std::exchange(wanted_filter_, {}).value());
    updateTexts();
}

void GalleryPage::updateTexts() {
    const bool some = !book_->table()->clips.empty();
    const bool none = evaluations_->all().empty();
    body_->setCurrentIndex(some || (!none && book_->problem().isEmpty() && !book_->idle()) ? 0 : 1);
    if (!book_->problem().isEmpty()) {
        empty_->setTexts(tr("This evaluation cannot be shown"), book_->problem());
    } else {
        empty_->setTexts(
            tr("Nothing measured yet"),
            tr("Here the clips of an evaluation are looked at one by one: how each was read, and why. A "
               "training is measured after every retrieval step; on Reports a baseline is measured at once."));
    }
    const auto& table = *book_->table();
    const auto& verdicts = book_->totals().verdicts;
    about_->setText(some ? tr("%1 clips · %2 right · %3 wrong")
                               .arg(countText(std::ssize(table.clips)), countText(verdicts[0]), countText(verdicts[1]))
                         : tr("What the captions of an evaluation were read as"));
    QStringList problems;
    for (const Problem& problem : table.problems)
        problems << text(problem.file) + QStringLiteral(": ") + text(problem.message);
    about_->setToolTip(problems.join(QChar('\n')));
    const int rows = model_->rowCount();
    cards_->setCurrentIndex(some && rows == 0 ? 1 : 0);
    const auto selected = grid_->selectionModel()->selectedIndexes().size();
    QString words =
        rows == std::ssize(table.clips) ? tr("All %1 shown").arg(countText(rows)) : tr("%1 shown").arg(countText(rows));
    if (selected > 1) words += tr(" · %1 selected").arg(countText(selected));
    count_->setText(words);
}

bool GalleryPage::idle() const {
    return strips_->idle() && book_->idle() && evaluations_->idle() && writer_->idle() && !work_->running() &&
           (!isOpen() || detail_->idle());
}

}  // namespace rest::ui
