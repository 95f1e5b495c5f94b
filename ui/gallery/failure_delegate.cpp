// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/failure_delegate.h"

#include <QApplication>
#include <QListView>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <cmath>

#include "ui/gallery/failure_model.h"
#include "ui/gallery/tag_colours.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {

constexpr int card_pad = 10;
constexpr int card_gap = 6;
constexpr int card_caption_lines = 2;
constexpr int edge_width = 4;
const QSize card_frame(72, 54);

int lineHeight() {
    return QFontMetrics(QApplication::font()).height();
}

QColor verdictColour(gallery::Verdict verdict) {
    const Colours c = colours();
    switch (verdict) {
        case gallery::Verdict::right:
            return c.good;
        case gallery::Verdict::wrong:
            return c.bad;
        case gallery::Verdict::unlabelled:
            break;
    }
    return c.muted;
}

QString verdictIcon(gallery::Verdict verdict) {
    switch (verdict) {
        case gallery::Verdict::right:
            return QStringLiteral("check");
        case gallery::Verdict::wrong:
            return QStringLiteral("cancel");
        case gallery::Verdict::unlabelled:
            break;
    }
    return QStringLiteral("info");
}

/// A whole edge for right, a broken one for all else.
void drawEdge(QPainter* painter, const QRectF& card, gallery::Verdict verdict) {
    const bool whole = verdict == gallery::Verdict::right;
    painter->setPen(Qt::NoPen);
    painter->setBrush(verdictColour(verdict));
    const double piece = whole ? card.height() - 12 : 7;
    for (double y = card.top() + 6; y + piece <= card.bottom() - 5; y += piece + 5)
        painter->drawRoundedRect(QRectF(card.left(), y, edge_width, piece), 2, 2);
}

void drawStrip(QPainter* painter, const QRect& area, const QPixmap& strip, bool readable) {
    const Colours c = colours();
    painter->save();
    QPainterPath clip;
    clip.addRoundedRect(area, 5, 5);
    painter->setClipPath(clip);
    QColor back = c.text;
    back.setAlphaF(c.dark ? 0.10F : 0.06F);
    painter->fillRect(area, back);
    if (strip.isNull()) {
        const QPixmap mark = iconPixmap(readable ? QStringLiteral("film") : QStringLiteral("warning"),
                                        readable ? c.muted : c.bad, 22, painter->device()->devicePixelRatioF());
        painter->setOpacity(readable ? 0.5 : 1);
        painter->drawPixmap(area.center() - QPoint(11, 11), mark);
    } else {
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawPixmap(QRectF(area), strip, QRectF(strip.rect()));
    }
    painter->restore();
}

/// Whole words in a few lines, the last one elided.
void drawCaption(QPainter* painter, const QRect& area, const QString& words) {
    const QFontMetrics metrics = painter->fontMetrics();
    QTextLayout layout(words, painter->font());
    layout.beginLayout();
    for (int i = 0; i < card_caption_lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(area.width());
        const bool cut = i + 1 == card_caption_lines && line.textStart() + line.textLength() < words.size();
        const QString shown = cut ? metrics.elidedText(words.mid(line.textStart()), Qt::ElideRight, area.width())
                                  : words.mid(line.textStart(), line.textLength());
        painter->drawText(QRect(area.x(), area.y() + i * metrics.height(), area.width(), metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter, shown);
    }
    layout.endLayout();
}

/// Draws at the left of `area` what fits and takes it off.
void drawWords(QPainter* painter, QRect& area, const QString& words, const QColor& colour, int gap_after = 6) {
    if (words.isEmpty() || area.width() < 20) return;
    const QFontMetrics metrics = painter->fontMetrics();
    painter->setPen(colour);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(words, Qt::ElideRight, area.width()));
    area.setLeft(area.left() + metrics.horizontalAdvance(words) + gap_after);
}

/// "✗ Wrong  read surfing · is rowing boat        0.021"
void drawReading(QPainter* painter, QRect area, const ReadClip& clip) {
    const Colours c = colours();
    if (!std::isnan(clip.margin)) {
        const QString margin = QStringLiteral("+%1").arg(decimalText(clip.margin, 3));
        const int width = painter->fontMetrics().horizontalAdvance(margin);
        painter->setPen(c.muted);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, margin);
        area.setRight(area.right() - width - 8);
    }
    const QColor colour = verdictColour(clip.verdict);
    const int side = area.height() - 2;
    painter->drawPixmap(area.x(), area.y() + 1,
                        iconPixmap(verdictIcon(clip.verdict), colour, side, painter->device()->devicePixelRatioF()));
    area.setLeft(area.left() + side + 4);
    QFont bold = painter->font();
    bold.setBold(true);
    const QFont plain = painter->font();
    painter->setFont(bold);
    drawWords(painter, area, verdictText(clip.verdict), colour, 8);
    painter->setFont(plain);
    const QString read = clip.read.isEmpty() ? FailureDelegate::tr("no class") : clip.read;
    if (clip.verdict == gallery::Verdict::wrong) {
        // Both must be seen: a long class read leaves half of the room to the true one.
        const QString lead = FailureDelegate::tr("read as %1").arg(read);
        QRect half = area;
        const QString truth = FailureDelegate::tr("· is %1").arg(clip.truth);
        const int needed = painter->fontMetrics().horizontalAdvance(truth) + 6;
        half.setWidth(std::max(area.width() - needed, area.width() / 2));
        drawWords(painter, half, lead, c.text);
        area.setLeft(std::min(half.left(), area.left() + std::max(area.width() - needed, area.width() / 2) + 4));
        drawWords(painter, area, truth, c.muted);
    } else {
        drawWords(painter, area, FailureDelegate::tr("read as %1").arg(read), c.text);
    }
}

void drawDot(QPainter* painter, QRect& area, int colour) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(tagColour(colour));
    painter->drawEllipse(QRectF(area.left(), area.center().y() - 3.5, 8, 8));
    area.setLeft(area.left() + 12);
}

void drawTags(QPainter* painter, QRect area, const ReadClip& clip) {
    const Colours c = colours();
    if (clip.noted) drawWords(painter, area, QStringLiteral("✎"), c.text);
    if (!clip.change.isEmpty()) drawWords(painter, area, clip.change, c.text, 10);
    const QFontMetrics metrics = painter->fontMetrics();
    for (qsizetype i = 0; i < clip.tags.size(); ++i) {
        const auto left = clip.tags.size() - i;
        const bool fits = metrics.horizontalAdvance(clip.tags[i]) + 12 <= area.width() - (left > 1 ? 30 : 0);
        if (!fits && left > 1) return drawWords(painter, area, QStringLiteral("+%1").arg(left), c.muted);
        drawDot(painter, area, clip.tag_colours[static_cast<size_t>(i)]);
        drawWords(painter, area, clip.tags[i], c.text, 10);
    }
}

}  // namespace

FailureDelegate::FailureDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

QSize FailureDelegate::frameSize() {
    return card_frame;
}

QSize FailureDelegate::cellSize() {
    const int line = lineHeight();
    return {frames * card_frame.width() + 2 * card_pad + edge_width + 10,
            card_frame.height() + (card_caption_lines + 2) * line + 3 * card_gap + 2 * card_pad + 8};
}

/// As wide as the grid has spread its cells.
QSize FailureDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const auto* list = qobject_cast<const QListView*>(option.widget);
    return list && list->gridSize().isValid() ? list->gridSize() : cellSize();
}

void FailureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Colours c = colours();
    const auto clip = index.data(FailureModel::ReadRole).value<ReadClip>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    const QRectF card = QRectF(option.rect).adjusted(4.5, 3.5, -4.5, -3.5);
    const bool selected = option.state & QStyle::State_Selected;
    const bool current = option.state & QStyle::State_HasFocus;
    QColor fill = c.base;
    if (selected) {
        fill = c.accent;
        fill.setAlphaF(0.16F);
    } else if (option.state & QStyle::State_MouseOver) {
        fill = c.raised;
    }
    painter->setPen(QPen(selected || current ? c.accent : c.border, current ? 2 : 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(card, 8, 8);
    drawEdge(painter, card.adjusted(1, 0, 0, 0), clip.verdict);

    const QRect inner = card.toRect().adjusted(card_pad + edge_width, card_pad, -card_pad, -card_pad);
    const auto pixmap = index.data(FailureModel::StripRole).value<QPixmap>();
    QRect strip(inner.x(), inner.y(), inner.width(), card_frame.height());
    if (!pixmap.isNull())  // where the words begin, no wider than it is
        strip.setSize(pixmap.deviceIndependentSize().scaled(strip.size(), Qt::KeepAspectRatio).toSize());
    drawStrip(painter, strip, pixmap, true);
    const int line = option.fontMetrics.height();
    painter->setFont(option.font);
    painter->setPen(c.text);
    const QRect words(inner.x(), inner.y() + card_frame.height() + card_gap, inner.width(), card_caption_lines * line);
    drawCaption(painter, words, clip.caption);
    const QRect reading(inner.x(), words.bottom() + card_gap, inner.width(), line);
    drawReading(painter, reading, clip);
    drawTags(painter, QRect(inner.x(), reading.bottom() + card_gap - 2, inner.width(), line), clip);
    painter->restore();
}

}  // namespace rest::ui
