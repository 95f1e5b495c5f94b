// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/video_card_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/clips/video_model.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr int pad = 6;

QColor blended(QColor colour, double alpha) {
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}
}  // namespace

VideoCardDelegate::VideoCardDelegate(Form form, QSize thumbnail, QObject* parent)
    : QStyledItemDelegate(parent), form_(form), thumbnail_(thumbnail) {}

QSize VideoCardDelegate::cellSize() const {
    const int line = QFontMetrics(QApplication::font()).height();
    if (form_ == Form::card) return {thumbnail_.width() + 2 * pad + 8, thumbnail_.height() + 2 * line + 3 * pad + 10};
    return {200, std::max(thumbnail_.height(), 2 * line + 2) + 2 * pad};
}

QSize VideoCardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return cellSize();
}

QRectF VideoCardDelegate::frameIn(const QRect& cell) const {
    const double side = form_ == Form::card ? 4.5 : 2.5;
    return QRectF(cell).adjusted(side, 2.5, -side, -2.5);
}

QRect VideoCardDelegate::pictureIn(const QRect& cell) const {
    const QRect inner = frameIn(cell).toRect().adjusted(pad, pad, -pad, -pad);
    const QPoint place = form_ == Form::card
                             ? QPoint(inner.x() + (inner.width() - thumbnail_.width()) / 2, inner.y())
                             : QPoint(inner.x(), inner.y() + (inner.height() - thumbnail_.height()) / 2);
    return {place, thumbnail_};
}

void VideoCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Colours c = colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF frame = frameIn(option.rect);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hover = option.state & QStyle::State_MouseOver;
    painter->setPen(selected ? QPen(c.accent, 1) : Qt::NoPen);
    painter->setBrush(selected ? blended(c.accent, 0.16) : hover ? blended(c.text, 0.06) : QColor(Qt::transparent));
    painter->drawRoundedRect(frame, 7, 7);

    const QRect inner = frame.toRect().adjusted(pad, pad, -pad, -pad);
    const QRect picture = pictureIn(option.rect);
    paintThumbnail(painter, picture, index);
    if (form_ == Form::card)
        paintTexts(painter, QRect(picture.x(), picture.bottom() + pad, picture.width(), 1), option, index);
    else
        paintTexts(painter, inner.adjusted(thumbnail_.width() + 10, 0, 0, 0), option, index);
    painter->restore();
}

void VideoCardDelegate::paintThumbnail(QPainter* painter, const QRect& area, const QModelIndex& index) const {
    const Colours c = colours();
    QPainterPath clip;
    clip.addRoundedRect(area, 5, 5);
    painter->save();
    painter->setClipPath(clip);
    painter->fillRect(area, blended(c.text, c.dark ? 0.10 : 0.07));
    const auto pixmap = index.data(VideoModel::ThumbnailRole).value<QPixmap>();
    const bool damaged = !index.data(VideoModel::ProblemRole).toString().isEmpty();
    if (!pixmap.isNull()) {
        const QSizeF size = QSizeF(pixmap.size()).scaled(area.size(), Qt::KeepAspectRatio);
        const QRectF target(
            QPointF(area.x() + (area.width() - size.width()) / 2, area.y() + (area.height() - size.height()) / 2),
            size);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawPixmap(target, pixmap, QRectF(pixmap.rect()));
    } else {
        const int side = std::min(24, area.height() / 2);
        const QPixmap mark =
            iconPixmap(damaged ? QStringLiteral("warning") : QStringLiteral("film"),
                       damaged ? c.bad : blended(c.muted, 1), side, painter->device()->devicePixelRatioF());
        painter->setOpacity(damaged ? 1 : 0.5);
        painter->drawPixmap(area.center().x() - side / 2, area.center().y() - side / 2, mark);
        painter->setOpacity(1);
    }
    const double seconds = index.data(VideoModel::DurationRole).toDouble();
    if (form_ == Form::card && !damaged && seconds > 0) {
        QFont small = QApplication::font();
        small.setPointSizeF(small.pointSizeF() * 0.85);
        painter->setFont(small);
        const QString label = durationText(seconds);
        const QRect box = QFontMetrics(small).boundingRect(label).adjusted(-5, -2, 5, 2);
        const QRect badge(area.right() - box.width() - 4, area.bottom() - box.height() - 4, box.width(), box.height());
        painter->setPen(Qt::NoPen);
        painter->setBrush(QColor(0, 0, 0, 150));
        painter->drawRoundedRect(badge, 3, 3);
        painter->setPen(Qt::white);
        painter->drawText(badge, Qt::AlignCenter, label);
    }
    painter->restore();
}

void VideoCardDelegate::paintTexts(QPainter* painter, const QRect& area, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
    const Colours c = colours();
    painter->setFont(option.font);
    const QFontMetrics metrics(option.font);
    const int line = metrics.height();
    const int top = form_ == Form::card ? area.y() : area.y() + (area.height() - 2 * line - 2) / 2;
    const QString name = fileName(index.data(Qt::DisplayRole).toString().toStdString());
    painter->setPen(c.text);
    painter->drawText(QRect(area.x(), top, area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(name, Qt::ElideMiddle, area.width()));

    const QString problem = index.data(VideoModel::ProblemRole).toString();
    const QString second = index.data(VideoModel::LineRole).toString();
    painter->setPen(problem.isEmpty() ? c.muted : c.bad);
    painter->drawText(QRect(area.x(), top + line + 2, area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(second, Qt::ElideRight, area.width()));
}

}  // namespace rest::ui
