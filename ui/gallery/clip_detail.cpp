// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/clip_detail.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/controls/bar_list.h"
#include "ui/controls/basics.h"
#include "ui/controls/tables.h"
#include "ui/controls/wrap_label.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/said_model.h"
#include "ui/gallery/tag_writer.h"
#include "ui/look/format.h"
#include "ui/player/video_player.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {
constexpr int note_pause_ms = 1200;  // without a key, then it is written
}  // namespace

ClipDetail::ClipDetail(ProjectSession& session, ClipBook& book, FailureModel& model, TagWriter& writer, QWidget* parent)
    : QWidget(parent), session_(session), book_(book), model_(model), writer_(writer), player_(new VideoPlayer) {
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(page_margin);
    split->addWidget(player_);
    split->addWidget(makeSide());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({600, 440});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(makeHead());
    layout->addWidget(split, 1);
    note_wait_.setSingleShot(true);
    note_wait_.setInterval(note_pause_ms);
    connect(&note_wait_, &QTimer::timeout, this, &ClipDetail::keepNote);
    connect(note_, &QPlainTextEdit::textChanged, this, [this] {
        if (note_->hasFocus()) note_wait_.start();
    });
    note_->installEventFilter(this);
    connect(&session_, &ProjectSession::closed, this, [this] {
        shown_ = {};
        reading_said_ = false;
        player_->setVideo({});
    });
}

QWidget* ClipDetail::makeHead() {
    auto* back = button(tr("Back to the clips"), QStringLiteral("back"));
    back->setToolTip(tr("Esc"));
    back->setFocusPolicy(Qt::TabFocus);
    previous_ = toolButton(QStringLiteral("up"), tr("Previous clip (K)"));
    next_ = toolButton(QStringLiteral("down"), tr("Next clip (J)"));
    name_ = sectionTitle({});
    where_ = mutedLabel();
    name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* captions = button(tr("Show in Captions"), QStringLiteral("captions"));
    auto* reports = button(tr("Show in Reports"), QStringLiteral("reports"));
    for (QPushButton* one : {captions, reports}) one->setFocusPolicy(Qt::TabFocus);
    captions->setToolTip(tr("This clip on the Captions page, at this run and epoch (C)"));
    reports->setToolTip(tr("How CLIP-TAM reads this caption, on the Reports page (R)"));
    connect(back, &QPushButton::clicked, this, &ClipDetail::backRequested);
    connect(previous_, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    connect(captions, &QPushButton::clicked, this, &ClipDetail::captionsRequested);
    connect(reports, &QPushButton::clicked, this, &ClipDetail::reportsRequested);
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(small_gap);
    row->addWidget(back);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(where_);
    row->addSpacing(small_gap);
    row->addWidget(name_, 1);
    row->addWidget(captions);
    row->addWidget(reports);
    return head;
}

QWidget* ClipDetail::makeSide() {
    caption_ = new WrapLabel;
    caption_->setProperty("heading", "question");
    caption_->setTextFormat(Qt::PlainText);
    caption_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    caption_->setAccessibleName(tr("Caption"));
    verdict_ = new QLabel;
    verdict_->setProperty("heading", "section");
    reading_ = new WrapLabel;
    before_ = new WrapLabel({}, "muted");
    for (WrapLabel* label : {reading_, before_}) label->setTextFormat(Qt::PlainText);
    nearest_ = new BarList;
    nearest_->setAccessibleName(tr("Nearest classes"));
    nearest_->setFocusPolicy(Qt::NoFocus);
    nearest_->setSelectionMode(QAbstractItemView::NoSelection);
    no_scores_ = new WrapLabel(tr("The scores of the classes were not kept when this was measured."), "muted");
    tags_ = new WrapLabel;
    tags_->setTextFormat(Qt::RichText);
    note_ = new QPlainTextEdit;
    note_->setPlaceholderText(tr("A note on this caption (N)"));
    note_->setAccessibleName(tr("Note"));
    note_->setToolTip(tr("Kept when you pause or go on; Esc leaves the field"));
    note_->setTabChangesFocus(true);
    note_->setFixedHeight(fontMetrics().height() * 3 + 16);
    note_by_ = mutedLabel();
    provenance_ = new WrapLabel({}, "muted");
    provenance_->setTextFormat(Qt::PlainText);
    provenance_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    said_ = new SaidModel(this);
    said_table_ = makeTable(said_, {56, 130});
    wrapRows(said_table_);
    said_table_->setAccessibleName(tr("Said at each epoch"));
    said_table_->setFocusPolicy(Qt::TabFocus);
    said_table_->setMinimumHeight(170);

    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(small_gap);
    column->addWidget(verdict_);
    column->addWidget(caption_);
    column->addWidget(reading_);
    column->addWidget(before_);
    column->addWidget(nearest_);
    column->addWidget(no_scores_);
    column->addSpacing(small_gap);
    column->addWidget(sectionTitle(tr("Tags and note")));
    column->addWidget(tags_);
    column->addWidget(note_);
    column->addWidget(note_by_);
    column->addSpacing(small_gap);
    column->addWidget(sectionTitle(tr("Where it comes from")));
    column->addWidget(provenance_);
    column->addSpacing(small_gap);
    column->addWidget(sectionTitle(tr("Said at each epoch")));
    column->addWidget(said_table_, 1);
    auto* scroll = scrolled(inside);
    scroll->setMinimumWidth(360);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

void ClipDetail::showRow(int row) {
    keepNote();
    const gallery::Clip* clip = model_.clip(row);
    if (!clip) return;
    const Place place = model_.place(row);
    const store::VideoRecord* video = model_.video(row);
    previous_->setEnabled(row > 0);
    next_->setEnabled(row + 1 < model_.rowCount());
    where_->setText(tr("%1 of %2").arg(countText(row + 1), countText(model_.rowCount())));
    const bool same = place == shown_ && shown_caption_ == text(clip->caption);
    shown_ = place;
    shown_caption_ = text(clip->caption);
    if (!same) {
        name_->setText(video ? fileName(video->name) : tr("a video that is gone"));
        name_->setToolTip(video ? text(video->name) : QString());
        player_->setVideo(video ? text(video->path) : QString());
        player_->play();
        kept_note_.clear();
        note_->clear();
        readSaid();
    }
    showReading(*clip);
    showNearest(*clip);
    provenance_->setText(provenance(*clip));
    showMarks();
}

void ClipDetail::refresh() {
    const int row = model_.rowOf(shown_.video);
    where_->setText(row >= 0 ? tr("%1 of %2").arg(countText(row + 1), countText(model_.rowCount()))
                             : tr("not in the list any more"));
    showMarks();
}

void ClipDetail::leave() {
    keepNote();
    player_->pause();
}

bool ClipDetail::eventFilter(QObject* watched, QEvent* event) {
    if (watched == note_ && event->type() == QEvent::FocusOut) keepNote();
    if (watched == note_ && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();  // it leaves the field, not the clip
        return true;
    }
    if (watched == note_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        player_->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool ClipDetail::idle() const {
    return !reading_said_ && !player_->loading();
}

}  // namespace rest::ui
