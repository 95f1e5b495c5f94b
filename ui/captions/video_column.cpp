// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/video_column.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_card_delegate.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/clips/video_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/icons.h"

namespace rest::ui {

VideoColumn::VideoColumn(ThumbnailLoader* thumbnails, QWidget* parent)
    : QWidget(parent),
      model_(new VideoModel(thumbnails, this)),
      layout_(new QVBoxLayout(this)),
      filter_(new VideoFilterBar),
      only_bar_(makeOnlyBar()),
      list_(new QListView) {
    list_->setItemDelegate(new VideoCardDelegate(VideoCardDelegate::Form::line, thumbnails->size(), this));
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("Videos"));
    list_->setAccessibleDescription(tr("J and K go to the next and the previous video, Space plays"));
    list_->setModel(model_);
    list_->installEventFilter(this);
    connect(filter_, &VideoFilterBar::changed, this, &VideoColumn::applyFilter);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        const store::VideoRecord* video = model_->video(index);
        if (!video || video->id == current_) return;
        current_ = video->id;
        Q_EMIT videoChosen(video->id);
    });
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(small_gap);
    layout_->addWidget(filter_);
    layout_->addWidget(only_bar_);
    layout_->addWidget(list_, 1);
}

void VideoColumn::addOnTop(QWidget* widget) {
    layout_->insertWidget(on_top_++, widget);
}

QWidget* VideoColumn::makeOnlyBar() {
    auto* bar = card();
    why_ = new WrapLabel;
    why_->setTextFormat(Qt::PlainText);
    auto* all = toolButton(QStringLiteral("cancel"), tr("Show all videos again"));
    connect(all, &QToolButton::clicked, this, &VideoColumn::showAll);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->addWidget(why_, 1);
    layout->addWidget(all, 0, Qt::AlignTop);
    bar->hide();
    return bar;
}

void VideoColumn::showClasses(bool on) {
    model_->showClasses(on);
}

void VideoColumn::setTable(std::shared_ptr<const VideoTable> table) {
    model_->setTable(std::move(table));
    list_->setCurrentIndex(model_->indexOf(current_));
}

void VideoColumn::choose(store::VideoId id) {
    current_ = id;
    QModelIndex index = model_->indexOf(id);
    if (id != 0 && !index.isValid()) {
        showAll();
        filter_->clear();
        model_->setFilter(filter_->filter());
        index = model_->indexOf(id);
    }
    list_->setCurrentIndex(index);
    if (index.isValid()) list_->scrollTo(index);
}

void VideoColumn::step(int by) {
    const QModelIndex here = list_->currentIndex();
    const int wanted = here.isValid() ? here.row() + by : 0;
    if (wanted < 0 || wanted >= model_->rowCount()) return;
    list_->setCurrentIndex(model_->index(wanted, 0));
    list_->scrollTo(list_->currentIndex());
}

std::vector<store::VideoId> VideoColumn::selected() const {
    std::vector<int> rows;
    for (const QModelIndex& index : list_->selectionModel()->selectedIndexes()) rows.push_back(index.row());
    std::ranges::sort(rows);
    std::vector<store::VideoId> out;
    for (const int row : rows) out.push_back(model_->video(model_->index(row, 0))->id);
    return out;
}

void VideoColumn::showOnly(const QString& why, std::vector<store::VideoId> videos) {
    why_->setText(why);
    only_bar_->show();
    std::ranges::sort(videos);
    filter_->clear();
    model_->setFilter(filter_->filter());
    model_->setOnly(std::move(videos));
    list_->setCurrentIndex(model_->indexOf(current_));
    if (!list_->currentIndex().isValid()) list_->scrollToTop();
}

void VideoColumn::showAll() {
    only_bar_->hide();
    model_->setOnly(std::nullopt);
    const QModelIndex index = model_->indexOf(current_);
    list_->setCurrentIndex(index);
    if (index.isValid()) list_->scrollTo(index);
}

VideoColumn::State VideoColumn::state() const {
    return {model_->filter(), model_->only(), why_->text(), list_->verticalScrollBar()->value()};
}

void VideoColumn::restore(const State& state) {
    filter_->setFilter(state.filter);
    model_->setFilter(state.filter);
    model_->setOnly(state.only);
    why_->setText(state.why);
    only_bar_->setVisible(state.only.has_value());
    list_->setCurrentIndex(model_->indexOf(current_));
    list_->doItemsLayout();
    list_->verticalScrollBar()->setValue(state.scrolled);
}

void VideoColumn::clear() {
    current_ = 0;
    showAll();
    filter_->clear();
}

void VideoColumn::applyFilter() {
    if (filter_->filter() == model_->filter()) return;  // Back has set it, and the scroll position with it
    model_->setFilter(filter_->filter());
    const QModelIndex current = model_->indexOf(current_);
    if (current.isValid()) {
        list_->setCurrentIndex(current);
        list_->scrollTo(current);
    }
}

/// Lists select with Space what is selected anyway.
bool VideoColumn::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            Q_EMIT playRequested();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace rest::ui
