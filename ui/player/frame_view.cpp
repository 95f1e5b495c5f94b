// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/frame_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "ui/look/theme.h"

namespace rest::ui {

FrameView::FrameView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Picture"));
    setMinimumSize(240, 150);
}

void FrameView::setImage(const QImage& image) {
    image_ = image;
    text_.clear();
    update();
}

void FrameView::setText(const QString& text) {
    image_ = {};
    text_ = text;
    update();
}

void FrameView::paintEvent(QPaintEvent*) {
    const Colours c = colours();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath frame;
    frame.addRoundedRect(rect(), 8, 8);
    painter.setClipPath(frame);
    painter.fillRect(rect(), c.dark ? QColor("#101216") : QColor("#e4e7eb"));
    if (image_.isNull()) {
        painter.setPen(c.muted);
        painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, text_);
        return;
    }
    const QSizeF size = QSizeF(image_.size()).scaled(QSizeF(width(), height()), Qt::KeepAspectRatio);
    painter.drawImage(QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size), image_);
}

void FrameView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) Q_EMIT clicked();
}

}  // namespace rest::ui
