// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/sample_strip.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QResizeEvent>
#include <QToolTip>
#include <algorithm>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr int space = 6;
constexpr int usual_columns = 4;
}  // namespace

SampleStrip::SampleStrip(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Sampled frames"));
}

void SampleStrip::setSamples(const QList<qint64>& frames) {
    frames_ = frames;
    images_ = QList<QImage>(frames.size());
    frame_ = -1;
    update();
}

void SampleStrip::setImage(int sample, const QImage& image) {
    if (sample < images_.size()) images_[sample] = image;
    update();
}

void SampleStrip::setFrame(qint64 frame) {
    frame_ = frame;
    update();
}

QSize SampleStrip::cell(int width) const {
    const int side = (width - (usual_columns - 1) * space) / usual_columns;
    return {side, side * 2 / 3};
}

int SampleStrip::heightFor(int width) const {
    const int rows = 2;  // reserved while a clip is opened, so that the layout does not jump
    return rows * cell(width).height() + (rows - 1) * space;
}

void SampleStrip::resizeEvent(QResizeEvent* event) {
    // Height-for-width does not work through the page's splitter.
    setFixedHeight(heightFor(event->size().width()));
}

QRect SampleStrip::place(int sample) const {
    const int in_row = std::max(usual_columns, (static_cast<int>(frames_.size()) + 1) / 2);
    const double step = (width() + space) / static_cast<double>(in_row);
    const QSize size(static_cast<int>(step) - space, cell(width()).height());
    return {QPoint(static_cast<int>(sample % in_row * step), sample / in_row * (size.height() + space)), size};
}

int SampleStrip::sampleAt(const QPoint& position) const {
    for (int i = 0; i < frames_.size(); ++i) {
        if (place(i).contains(position)) return i;
    }
    return -1;
}

void SampleStrip::paintEvent(QPaintEvent*) {
    const Colours c = colours();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    for (int i = 0; i < frames_.size(); ++i) {
        const QRect area = place(i);
        QPainterPath shape;
        shape.addRoundedRect(area, 4, 4);
        painter.save();
        painter.setClipPath(shape);
        painter.fillRect(area, c.border);
        if (!images_[i].isNull()) {
            const QSizeF size = QSizeF(images_[i].size()).scaled(area.size(), Qt::KeepAspectRatioByExpanding);
            painter.drawImage(QRectF(QRectF(area).center() - QPointF(size.width() / 2, size.height() / 2), size),
                              images_[i]);
        }
        painter.fillRect(QRect(area.topLeft(), QSize(fontMetrics().horizontalAdvance(QStringLiteral("00")) + 4,
                                                     fontMetrics().height())),
                         QColor(0, 0, 0, 140));
        painter.setPen(Qt::white);
        painter.drawText(area.adjusted(5, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop, QString::number(i));
        painter.restore();
        if (frames_[i] == frame_) {
            painter.setPen(QPen(c.accent, 2.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(area).adjusted(1.2, 1.2, -1.2, -1.2), 4, 4);
        }
    }
}

void SampleStrip::mousePressEvent(QMouseEvent* event) {
    const int sample = sampleAt(event->position().toPoint());
    if (sample >= 0) Q_EMIT sampleRequested(sample);
}

bool SampleStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const int sample = sampleAt(help->pos());
    if (sample >= 0)
        QToolTip::showText(help->globalPos(),
                           tr("Sampled frame %1: frame %2 of the video. The models see these frames only.")
                               .arg(sample)
                               .arg(frames_[sample]),
                           this);
    return true;
}

}  // namespace rest::ui
