// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/tables.h"

#include <QClipboard>
#include <QCollator>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <algorithm>
#include <vector>

#include "core/base/spreadsheet.h"
#include "ui/look/format.h"
#include "ui/look/sort_role.h"

namespace rest::ui {

namespace {

/// Of a table whose owner shows a menu.
constexpr const char* own_menu = "ownMenu";

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

/// Numbers as numbers, texts as people sort them, and what is missing last.
class SortedRows : public QSortFilterProxyModel {
  public:
    // The C locale knows neither numbers in texts nor letters of either case.
    explicit SortedRows(QObject* parent)
        : QSortFilterProxyModel(parent),
          collator_(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale()) {
        collator_.setNumericMode(true);
        collator_.setCaseSensitivity(Qt::CaseInsensitive);
    }

  protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override {
        const QVariant a = left.data(sort_role), b = right.data(sort_role);
        if (a.isValid() && b.isValid()) return QVariant::compare(a, b) == QPartialOrdering::Less;
        if (a.isValid() != b.isValid()) return a.isValid();
        return collator_.compare(left.data().toString(), right.data().toString()) < 0;
    }

  private:
    QCollator collator_;
};

void copySelected(QTableView* table) {
    const QString text = selectedText(table);
    if (!text.isEmpty()) QGuiApplication::clipboard()->setText(text);
}

QString widthsKey(const QString& name) {
    return QStringLiteral("columns/") + name;
}

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
    auto* copy = new QShortcut(QKeySequence::Copy, table, nullptr, nullptr, Qt::WidgetShortcut);
    copy->setWhatsThis(QTableView::tr("Copy the selected rows"));
    QObject::connect(copy, &QShortcut::activated, table, [table] { copySelected(table); });
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(table, &QWidget::customContextMenuRequested, table, [table](const QPoint& at) {
        if (table->property(own_menu).toBool() || !table->indexAt(at).isValid()) return;
        auto* menu = new QMenu(table);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addCopyAction(menu, table);
        menu->popup(table->viewport()->mapToGlobal(at));
    });
    return table;
}

void makeSortable(QTableView* table) {
    QAbstractItemModel* model = table->model();
    auto* sorted = new SortedRows(table);
    sorted->setSourceModel(model);
    std::vector<int> widths;
    QHeaderView* header = table->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) widths.push_back(header->sectionSize(column));
    table->setModel(sorted);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);  // to be copied
    for (int column = 0; column < std::ssize(widths); ++column)
        table->setColumnWidth(column, widths[static_cast<size_t>(column)]);
    sortByHeader(table);
}

void sortByHeader(QTableView* table) {
    QHeaderView* header = table->horizontalHeader();
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    table->setSortingEnabled(true);
    // Room for its arrow is taken from every column: only while there is one.
    header->setSortIndicatorShown(false);
    QObject::connect(header, &QHeaderView::sortIndicatorChanged, header,
                     [header](int column) { header->setSortIndicatorShown(column >= 0); });
}

int sourceRow(const QModelIndex& index) {
    QModelIndex source = index;
    while (const auto* proxy = qobject_cast<const QAbstractProxyModel*>(source.model()))
        source = proxy->mapToSource(source);
    return source.row();
}

void selectSourceRow(QTableView* table, int row) {
    const auto* proxy = qobject_cast<const QAbstractProxyModel*>(table->model());
    const QModelIndex there =
        proxy ? proxy->mapFromSource(proxy->sourceModel()->index(row, 0)) : table->model()->index(row, 0);
    if (!there.isValid()) return table->clearSelection();
    // QTableView::selectRow() looks at the keys that are held: Ctrl+4 would toggle the row.
    table->selectionModel()->setCurrentIndex(there, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

QString selectedText(const QTableView* table) {
    QModelIndexList rows = table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    const QHeaderView* header = table->horizontalHeader();
    QStringList lines;
    for (const QModelIndex& row : rows) {
        QStringList cells;
        for (int place = 0; place < header->count(); ++place) {
            const int column = header->logicalIndex(place);
            if (table->isColumnHidden(column)) continue;
            // A line is a row: what a caption or a message breaks is joined.
            const QString words = row.siblingAtColumn(column).data().toString().simplified();
            bool number = false;
            QLocale().toDouble(words, &number);  // of our own, be it negative
            cells << (number ? words : text(tsv_text(words.toStdString())));
        }
        lines << cells.join(QChar('\t'));
    }
    return lines.join(QChar('\n'));
}

void addCopyAction(QMenu* menu, QTableView* table) {
    QAction* copy = menu->addAction(QTableView::tr("&Copy the selected rows"), table, [table] { copySelected(table); });
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);  // shown here; the table has its own
}

void replaceMenu(QTableView* table) {
    table->setProperty(own_menu, true);
}

void rememberColumns(QTableView* table, const QString& name) {
    QHeaderView* header = table->horizontalHeader();
    const QVariantList kept = QSettings().value(widthsKey(name)).toList();
    // The last one takes what is left. Kept by a version with other columns: of no use.
    const int counted = header->count() - 1;
    if (kept.size() == counted) {
        for (int column = 0; column < counted; ++column)
            table->setColumnWidth(column, std::clamp(kept[column].toInt(), header->minimumSectionSize(), 2000));
    }
    QObject::connect(header, &QHeaderView::sectionResized, table, [table, header, name](int column) {
        if (column == header->count() - 1 || !table->isVisible()) return;
        QVariantList widths;
        for (int one = 0; one < header->count() - 1; ++one) widths << header->sectionSize(one);
        QSettings().setValue(widthsKey(name), widths);
    });
}

void useTwoLines(QTableView* table) {
    table->setWordWrap(true);
    table->verticalHeader()->setDefaultSectionSize(2 * table->fontMetrics().lineSpacing() + 14);
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
