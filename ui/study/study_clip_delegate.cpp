// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_clip_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/study/study_clip_model.h"

namespace rest::ui {

namespace {

constexpr int clip_padding = 6;
constexpr int caption_lines = 3;

/// Whole words in a few lines, the last one elided.
void drawLines(QPainter* painter, const QRect& area, const QString& words, int lines) {
    const QFontMetrics metrics = painter->fontMetrics();
    QTextLayout layout(words, painter->font());
    layout.beginLayout();
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) break;
        line.setLineWidth(area.width());
        const bool cut = i + 1 == lines && line.textStart() + line.textLength() < words.size();
        const QString shown = cut ? metrics.elidedText(words.mid(line.textStart()), Qt::ElideRight, area.width())
                                  : words.mid(line.textStart(), line.textLength());
        painter->drawText(QRect(area.x(), area.y() + i * metrics.height(), area.width(), metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter, shown);
    }
    layout.endLayout();
}

void drawPicture(QPainter* painter, const QRect& area, const QPixmap& pixmap) {
    const Colours c = colours();
    QPainterPath clip;
    clip.addRoundedRect(area, 5, 5);
    painter->save();
    painter->setClipPath(clip);
    QColor back = c.text;
    back.setAlphaF(c.dark ? 0.10F : 0.07F);
    painter->fillRect(area, back);
    if (pixmap.isNull()) {
        painter->setOpacity(0.5);
        painter->drawPixmap(area.center() - QPoint(12, 12),
                            iconPixmap(QStringLiteral("film"), c.muted, 24, painter->device()->devicePixelRatioF()));
    } else {
        const QSizeF size = QSizeF(pixmap.size()).scaled(area.size(), Qt::KeepAspectRatio);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawPixmap(QRectF(area.x() + (area.width() - size.width()) / 2,
                                   area.y() + (area.height() - size.height()) / 2, size.width(), size.height()),
                            pixmap, QRectF(pixmap.rect()));
    }
    painter->restore();
}

}  // namespace

StudyClipDelegate::StudyClipDelegate(QSize thumbnail, bool votes, QObject* parent)
    : QStyledItemDelegate(parent), thumbnail_(thumbnail), votes_(votes) {}

QSize StudyClipDelegate::cellSize() const {
    const int line = QFontMetrics(QApplication::font()).height();
    return {thumbnail_.width() + 2 * clip_padding + 10,
            thumbnail_.height() + (caption_lines + (votes_ ? 1 : 0)) * line + 3 * clip_padding + 12};
}

QSize StudyClipDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return cellSize();
}

void StudyClipDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Colours c = colours();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QColor fill = selected ? c.accent : c.text;
    fill.setAlphaF(selected ? 0.16F : option.state & QStyle::State_MouseOver ? 0.06F : 0.0F);
    painter->setPen(selected ? QPen(c.accent, 1) : Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(4.5, 2.5, -4.5, -2.5), 7, 7);
    const QRect inner = option.rect.adjusted(clip_padding + 5, clip_padding + 3, -clip_padding - 5, -clip_padding);
    const QRect picture(inner.x() + (inner.width() - thumbnail_.width()) / 2, inner.y(), thumbnail_.width(),
                        thumbnail_.height());
    drawPicture(painter, picture, index.data(StudyClipModel::ThumbnailRole).value<QPixmap>());
    painter->setFont(option.font);
    const int line = option.fontMetrics.height();
    painter->setPen(c.text);
    const QRect words(picture.x(), picture.bottom() + clip_padding, picture.width(), caption_lines * line);
    drawLines(painter, words, index.data().toString(), caption_lines);
    if (votes_) {
        painter->setPen(c.muted);
        const QString votes = index.data(StudyClipModel::VotesRole).toString();
        painter->drawText(QRect(words.x(), words.bottom() + 2, words.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(votes, Qt::ElideRight, words.width()));
    }
    painter->restore();
}

}  // namespace rest::ui
