// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/bar_list.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {

constexpr int side = 10;
constexpr int bar_height = 8;

/// Widths shared by all bars of a chart, so that they are aligned.
struct BarColumns {
    int name = 0, figure = 0, note = 0;
};

BarColumns columnsOf(const std::vector<Bar>& bars, const QFontMetrics& metrics, int width) {
    BarColumns columns;
    for (const Bar& bar : bars) {
        columns.name = std::max(columns.name, metrics.horizontalAdvance(bar.name) +
                                                  (bar.marked ? metrics.horizontalAdvance(QStringLiteral("✓ ")) : 0));
        columns.figure = std::max(columns.figure, metrics.horizontalAdvance(bar.figure));
        columns.note = std::max(columns.note, metrics.horizontalAdvance(bar.note));
    }
    columns.name = std::min(columns.name, width * 2 / 5);
    return columns;
}

void paintBar(QPainter& painter, const QRect& line, const Bar& bar, const BarColumns& columns, const Colours& c) {
    const QFontMetrics metrics(painter.font());
    QRect room = line.adjusted(side, 0, -side, 0);
    const auto take = [&](int width) {
        const QRect taken(room.left(), room.top(), width, room.height());
        room.setLeft(room.left() + width + side);
        return taken;
    };
    const auto takeRight = [&](int width) {
        const QRect taken(room.right() - width + 1, room.top(), width, room.height());
        if (width > 0) room.setRight(room.right() - width - side);
        return taken;
    };
    const QRect name = take(columns.name);
    const QRect note = takeRight(columns.note);
    const QRect figure = takeRight(columns.figure);
    painter.setPen(bar.marked ? c.good : c.text);
    const QString words = bar.marked ? QStringLiteral("✓ ") + bar.name : bar.name;
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(words, Qt::ElideRight, name.width()));
    painter.setPen(c.text);
    painter.drawText(figure, Qt::AlignRight | Qt::AlignVCenter, bar.figure);
    painter.setPen(c.muted);
    painter.drawText(note, Qt::AlignRight | Qt::AlignVCenter, bar.note);

    const QRectF track(room.left(), room.center().y() - bar_height / 2.0 + 0.5, std::max(0, room.width()), bar_height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.border);
    painter.drawRoundedRect(track, 3, 3);
    QRectF filled = track;
    filled.setWidth(track.width() * std::clamp(bar.share, 0.0, 1.0));
    QColor colour = bar.marked ? c.good : c.accent;
    if (!bar.strong) colour.setAlphaF(0.45F);
    painter.setBrush(colour);
    if (filled.width() >= 1) painter.drawRoundedRect(filled, 3, 3);
}

class BarDelegate : public QStyledItemDelegate {
  public:
    explicit BarDelegate(BarList* list) : QStyledItemDelegate(list), list_(list) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem background = option;
        background.text.clear();
        const QWidget* widget = option.widget;
        widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &background, painter, widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setFont(option.font);
        if (!columns_valid_ || width_ != option.rect.width()) {
            columns_ = columnsOf(list_->bars(), option.fontMetrics, width_ = option.rect.width());
            columns_valid_ = true;
        }
        paintBar(*painter, option.rect, index.data(BarModel::BarRole).value<Bar>(), columns_, colours());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {200, option.fontMetrics.height() + 10};
    }

    void forgetColumns() { columns_valid_ = false; }

  private:
    BarList* list_;
    mutable BarColumns columns_;
    mutable int width_ = 0;
    mutable bool columns_valid_ = false;
};

}  // namespace

BarList::BarList(QWidget* parent) : QListView(parent), model_(new BarModel(this)) {
    auto* delegate = new BarDelegate(this);
    setModel(model_);
    setItemDelegate(delegate);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto forget = [delegate] { delegate->forgetColumns(); };
    connect(model_, &QAbstractItemModel::modelReset, this, forget);
    connect(model_, &QAbstractItemModel::dataChanged, this, forget);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid()) Q_EMIT chosen(current());
    });
}

void BarList::setBars(std::vector<Bar> bars) {
    model_->setBars(std::move(bars));
}

int BarList::current() const {
    return currentIndex().isValid() ? currentIndex().data(BarModel::BarRole).value<Bar>().id : -1;
}

void BarList::setCurrent(int id) {
    const QModelIndex index = model_->indexOf(id);
    setCurrentIndex(index);
    if (index.isValid()) scrollTo(index);
}

Picture BarList::picture(const QString& title) const {
    constexpr int width = 720;
    const int line = fontMetrics().height() + 10;
    const int top = 2 * line;
    const int rows = static_cast<int>(bars().size());
    const auto paint = [bars = bars(), font = font(), title, line, top](QPainter& painter) {
        const Colours c = colours();
        painter.setRenderHint(QPainter::Antialiasing);
        QFont heading = font;
        heading.setBold(true);
        painter.setFont(heading);
        painter.setPen(c.text);
        painter.drawText(QRect(side, 0, width - 2 * side, top), Qt::AlignLeft | Qt::AlignVCenter, title);
        painter.setFont(font);
        const BarColumns columns = columnsOf(bars, QFontMetrics(font), width);
        for (size_t i = 0; i < bars.size(); ++i)
            paintBar(painter, QRect(0, top + static_cast<int>(i) * line, width, line), bars[i], columns, c);
    };
    return {{width, top + rows * line + side}, paint};
}

}  // namespace rest::ui
