// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/facet_list.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/gallery/facet_model.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {

constexpr int most_rows = 8;        // at once; more scroll
constexpr int rows_to_search = 12;  // from so many options on

/// A box with its tick, a dot where there is a colour, the name, and the count at the right; no clips: faint.
class FacetDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {80, option.fontMetrics.height() + 8};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Colours c = colours();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QRect area = option.rect.adjusted(4, 0, -6, 0);
        if (option.state & QStyle::State_MouseOver) {
            QColor back = c.text;
            back.setAlphaF(0.06F);
            painter->setPen(Qt::NoPen);
            painter->setBrush(back);
            painter->drawRoundedRect(option.rect, 5, 5);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(c.accent);
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        }
        drawBox(painter, area, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
        area.setLeft(area.left() + 22);
        if (const auto dot = index.data(FacetModel::DotRole).value<QColor>(); dot.isValid()) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(dot);
            painter->drawEllipse(QRectF(area.left(), area.center().y() - 3.5, 8, 8));
            area.setLeft(area.left() + 14);
        }
        const qint64 count = index.data(FacetModel::CountRole).toLongLong();
        const QString figure = countText(count);
        painter->setFont(option.font);
        painter->setPen(c.muted);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, figure);
        area.setRight(area.right() - option.fontMetrics.horizontalAdvance(figure) - 8);
        painter->setPen(count > 0 ? c.text : c.muted);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
        painter->restore();
    }

  private:
    static void drawBox(QPainter* painter, const QRect& area, bool ticked) {
        const Colours c = colours();
        const QRectF box(area.left() + 0.5, area.center().y() - 6.5, 14, 14);
        painter->setPen(ticked ? c.accent : c.muted);
        painter->setBrush(ticked ? c.accent : c.base);
        painter->drawRoundedRect(box, 4, 4);
        if (!ticked) return;
        painter->setPen(QPen(c.accent_text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(QPolygonF(
            {box.topLeft() + QPointF(3.4, 7.4), box.topLeft() + QPointF(6, 10), box.topLeft() + QPointF(10.8, 4.4)}));
    }
};

/// Space and Return tick; a click anywhere in a row does.
class FacetView final : public QListView {
  public:
    explicit FacetView(FacetModel* model) : model_(model) {
        setModel(model);
        setItemDelegate(new FacetDelegate(this));
        setObjectName(QStringLiteral("facet"));
        setUniformItemSizes(true);
        setMouseTracking(true);
        setSelectionMode(QAbstractItemView::NoSelection);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        setTabKeyNavigation(false);
        connect(this, &QAbstractItemView::clicked, model, &FacetModel::toggle);
    }

  protected:
    void keyPressEvent(QKeyEvent* event) override {
        const int key = event->key();
        if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter)
            return model_->toggle(currentIndex());
        QListView::keyPressEvent(event);
    }
    void focusInEvent(QFocusEvent* event) override {
        QListView::focusInEvent(event);
        if (!currentIndex().isValid()) setCurrentIndex(model_->index(0));
    }

  private:
    FacetModel* model_;
};

}  // namespace

FacetList::FacetList(const QString& title, QWidget* parent)
    : QWidget(parent), model_(new FacetModel(this)), search_(new QLineEdit), view_(new FacetView(model_)) {
    view_->setAccessibleName(title);
    search_->setPlaceholderText(tr("Find…"));
    search_->setAccessibleName(tr("Find in %1").arg(title));
    search_->setClearButtonEnabled(true);
    search_->hide();
    connect(search_, &QLineEdit::textChanged, model_, &FacetModel::setWords);
    connect(model_, &QAbstractItemModel::modelReset, this, &FacetList::fit);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(sectionTitle(title));
    layout->addWidget(search_);
    layout->addWidget(view_);
    fit();
}

void FacetList::fit() {
    search_->setVisible(model_->options() >= rows_to_search);
    const int rows =
        std::min(std::max(1, search_->text().isEmpty() ? model_->options() : model_->rowCount()), most_rows);
    view_->setFixedHeight(rows * (fontMetrics().height() + 8) + 2);
}

}  // namespace rest::ui
