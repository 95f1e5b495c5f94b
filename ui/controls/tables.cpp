// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/tables.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>
#include <algorithm>

namespace rest::ui {

namespace {

/// Qt measures wrapped text at the full width of the cell and then draws it inside the style sheet's padding.
class WrapDelegate : public QStyledItemDelegate {
  public:
    explicit WrapDelegate(QTableView* table) : QStyledItemDelegate(table), table_(table) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QString words = index.data().toString();
        const int width = std::max(40, table_->columnWidth(index.column()) - 2 * margin);
        const QRect needed = option.fontMetrics.boundingRect(QRect(0, 0, width, 10000), Qt::TextWordWrap, words);
        return {needed.width() + 2 * margin, needed.height() + margin};
    }

  private:
    static constexpr int margin = 12;
    QTableView* table_;
};

}  // namespace

QTableView* makeTable(QAbstractItemModel* model, std::initializer_list<int> widths) {
    auto* table = new QTableView;
    table->setModel(model);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false);
    table->setCornerButtonEnabled(false);
    // A fixed row height keeps 100,000 rows from being measured one by one.
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 14);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setStretchLastSection(true);
    int column = 0;
    for (const int width : widths) table->setColumnWidth(column++, width);
    return table;
}

void wrapRows(QTableView* table) {
    table->setWordWrap(true);
    table->setItemDelegate(new WrapDelegate(table));
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    // Rows were measured at the column's previous width.
    QObject::connect(table->horizontalHeader(), &QHeaderView::sectionResized, table, &QTableView::resizeRowsToContents,
                     Qt::QueuedConnection);
}

}  // namespace rest::ui
