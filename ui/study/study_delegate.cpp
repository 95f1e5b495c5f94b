// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/study/study_model.h"

namespace rest::ui {

namespace {
constexpr int study_padding = 10;
constexpr int bar_height = 4;
}  // namespace

QSize StudyDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {200, 2 * option.fontMetrics.height() + bar_height + 2 * study_padding + 12};
}

void StudyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Colours c = colours();
    const bool selected = option.state & QStyle::State_Selected;
    const bool hover = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QColor fill = selected ? c.accent : c.text;
    fill.setAlphaF(selected ? 0.16F : hover ? 0.06F : 0.0F);
    painter->setPen(selected ? QPen(c.accent, 1) : Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5), 7, 7);

    const QRect inner = option.rect.adjusted(study_padding + 2, study_padding, -study_padding - 2, -study_padding);
    const int line = option.fontMetrics.height();
    const bool bad = !index.data(StudyModel::ProblemRole).toString().isEmpty();
    painter->setFont(option.font);
    painter->setPen(c.text);
    painter->drawText(QRect(inner.x(), inner.y(), inner.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, inner.width()));
    painter->setPen(bad ? c.bad : c.muted);
    const QString progress = index.data(StudyModel::ProgressRole).toString().section(QChar('\n'), 0, 0);
    painter->drawText(QRect(inner.x(), inner.y() + line + 3, inner.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(progress, Qt::ElideRight, inner.width()));
    if (!bad) {
        const QRectF track(inner.x(), inner.y() + 2 * line + 9, inner.width(), bar_height);
        QRectF done = track;
        done.setWidth(track.width() * std::clamp(index.data(StudyModel::ShareRole).toDouble(), 0.0, 1.0));
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.border);
        painter->drawRoundedRect(track, 2, 2);
        painter->setBrush(c.accent);
        if (done.width() > 0) painter->drawRoundedRect(done, 2, 2);
    }
    painter->restore();
}

}  // namespace rest::ui
