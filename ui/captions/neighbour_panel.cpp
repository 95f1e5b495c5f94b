// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/neighbour_panel.h"

#include <QEvent>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/captions/neighbour_model.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_card_delegate.h"
#include "ui/clips/video_grid.h"
#include "ui/clips/video_model.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/player/clip_preview.h"

namespace rest::ui {

namespace {
constexpr int hover_ms = 250;  // passing over is not pointing at
}

NeighbourPanel::NeighbourPanel(ThumbnailLoader* thumbnails, QWidget* parent)
    : QWidget(parent),
      model_(new NeighbourModel(thumbnails, this)),
      delegate_(new VideoCardDelegate(VideoCardDelegate::Form::card, thumbnails->size(), this)),
      list_(new VideoGrid(delegate_->cellSize())),
      message_(new WrapLabel({}, "muted")) {
    list_->setItemDelegate(delegate_);
    list_->setModel(model_);
    list_->setMouseTracking(true);
    list_->setAccessibleName(tr("Nearest videos"));
    list_->viewport()->installEventFilter(this);
    preview_ = new ClipPreview(list_->viewport());
    hover_.setSingleShot(true);
    hover_.setInterval(hover_ms);
    connect(&hover_, &QTimer::timeout, this, &NeighbourPanel::playWanted);
    connect(list_, &QAbstractItemView::entered, this, &NeighbourPanel::playAt);
    connect(list_, &QAbstractItemView::viewportEntered, this, &NeighbourPanel::stop);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &NeighbourPanel::playAt);
    connect(list_, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT videoRequested(index.data(VideoModel::IdRole).toLongLong()); });
    connect(model_, &QAbstractItemModel::modelReset, this, &NeighbourPanel::stop);
    for (QScrollBar* bar : {list_->verticalScrollBar(), list_->horizontalScrollBar()})
        connect(bar, &QScrollBar::valueChanged, this, &NeighbourPanel::stop);
    auto* title = sectionTitle(tr("Nearest videos"));
    title->setToolTip(
        tr("The neighbours whose captions this video may take over, by the cosine of their CLIP features "
           "(Eq. 3). Point at one to see it play; a double click goes there."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(title);
    layout->addWidget(message_);
    layout->addWidget(list_, 1);
    layout->addStretch();
    setMessage({});
}

void NeighbourPanel::setMessage(const QString& message, const QString& remedy) {
    message_->setText(remedy.isEmpty() ? message : message + QStringLiteral(". ") + remedy);
    message_->setVisible(!message.isEmpty());
    list_->setVisible(message.isEmpty());
}

void NeighbourPanel::playAt(const QModelIndex& index) {
    wanted_ = index;
    if (!index.isValid()) return stop();
    hover_.start();
}

void NeighbourPanel::playWanted() {
    if (!wanted_.isValid() || !isVisible()) return;
    if (!wanted_.data(VideoModel::ProblemRole).toString().isEmpty()) return stop();
    const QRect cell = list_->visualRect(wanted_);
    preview_->stop();
    preview_->setGeometry(delegate_->pictureIn(cell));
    preview_->play(wanted_.data(VideoModel::PathRole).toString());
}

void NeighbourPanel::stop() {
    hover_.stop();
    preview_->stop();
}

bool NeighbourPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_->viewport() && (event->type() == QEvent::Leave || event->type() == QEvent::Resize)) stop();
    return QWidget::eventFilter(watched, event);
}

void NeighbourPanel::hideEvent(QHideEvent* event) {
    stop();
    QWidget::hideEvent(event);
}

}  // namespace rest::ui
