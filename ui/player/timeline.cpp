// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/timeline.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr double side = 10;
constexpr double bar_y = 10;
}  // namespace

Timeline::Timeline(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Timeline"));
}

QSize Timeline::sizeHint() const {
    return {200, fontMetrics().height() + 24};
}

void Timeline::setClip(qint64 frames, const QList<qint64>& marks) {
    frames_ = frames;
    marks_ = marks;
    frame_ = 0;
    strong_ = -1;
    update();
}

void Timeline::setFrame(qint64 frame) {
    frame_ = frame;
    update();
}

void Timeline::setStrongMark(int mark) {
    strong_ = mark;
    update();
}

double Timeline::xOf(qint64 frame) const {
    if (frames_ <= 1) return side;
    return side + (width() - 2 * side) * static_cast<double>(frame) / static_cast<double>(frames_ - 1);
}

int Timeline::markNear(double x) const {
    for (int i = 0; i < marks_.size(); ++i) {
        if (std::abs(xOf(marks_[i]) - x) <= 6) return i;
    }
    return -1;
}

void Timeline::paintEvent(QPaintEvent*) {
    const Colours c = colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.border);
    painter.drawRoundedRect(QRectF(side, bar_y - 2, width() - 2 * side, 4), 2, 2);
    if (frames_ <= 0) return;
    painter.setBrush(c.accent);
    painter.drawRoundedRect(QRectF(side, bar_y - 2, xOf(frame_) - side, 4), 2, 2);

    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    painter.setFont(small);
    const bool room = marks_.size() < 2 || xOf(marks_[1]) - xOf(marks_[0]) > 14;
    for (int i = 0; i < marks_.size(); ++i) {
        const double x = xOf(marks_[i]);
        const bool here = marks_[i] == frame_ || i == strong_;
        painter.setPen(QPen(here ? c.accent : c.muted, here ? 2.4 : 1.6));
        painter.drawLine(QPointF(x, bar_y + 5), QPointF(x, bar_y + 10));
        painter.setPen(here ? c.accent : c.muted);
        if (room)
            painter.drawText(QRectF(x - 12, bar_y + 10, 24, height() - bar_y - 10), Qt::AlignHCenter | Qt::AlignTop,
                             QString::number(i));
    }
    painter.setPen(QPen(c.base, 1.5));
    painter.setBrush(c.accent);
    painter.drawEllipse(QPointF(xOf(frame_), bar_y), 6, 6);
}

void Timeline::seekTo(double x) {
    if (frames_ <= 0) return;
    if (const int mark = markNear(x); mark >= 0) {
        Q_EMIT seekRequested(marks_[mark]);
        return;
    }
    const double share = std::clamp((x - side) / std::max(1.0, width() - 2 * side), 0.0, 1.0);
    Q_EMIT seekRequested(std::llround(share * static_cast<double>(frames_ - 1)));
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) seekTo(event->position().x());
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) seekTo(event->position().x());
}

bool Timeline::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const int mark = markNear(help->pos().x());
    QToolTip::showText(
        help->globalPos(),
        mark >= 0
            ? tr("Sampled frame %1: frame %2 of the video, one of those the models see").arg(mark).arg(marks_[mark])
            : tr("Click to go to a frame"),
        this);
    return true;
}

}  // namespace rest::ui
