// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/clip_table.h"

#include <QCoreApplication>
#include <QMenu>
#include <QTableView>

#include "ui/controls/tables.h"
#include "ui/look/icons.h"
#include "ui/reports/report_panel.h"

namespace rest::ui {

namespace {
QString words(const char* source) {
    return QCoreApplication::translate("ClipTable", source);
}

QString withOrigin(const QString& action, const QString& origin) {
    return origin.isEmpty() ? action : action + QStringLiteral(" · ") + origin;
}

void showMenu(QTableView* table, ReportPanel* panel, const std::vector<ClipOrigin>& origins, const QPoint& at) {
    const int row = sourceRow(table->indexAt(at));
    if (origins.front().place(row).video == 0) return;
    auto* menu = new QMenu(table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ClipOrigin& origin : origins) {
        menu->addAction(icon(QStringLiteral("captions")), withOrigin(words("Show on the Captions page"), origin.name),
                        panel, [panel, place = origin.place(row)] { Q_EMIT panel->videoActivated(place); });
        menu->addAction(icon(QStringLiteral("search")),
                        withOrigin(words("Open its caption in the Explorer"), origin.name), panel,
                        [panel, place = origin.place(row)] { Q_EMIT panel->explorerRequested(place); });
    }
    menu->addSeparator();
    addCopyAction(menu, table);
    menu->popup(table->viewport()->mapToGlobal(at));
}

}  // namespace

QTableView* makeClipTable(QAbstractItemModel* model, const QString& name, std::initializer_list<int> widths,
                          ReportPanel* panel, std::vector<ClipOrigin> origins) {
    QTableView* table = makeTable(model, widths);
    makeSortable(table);
    useTwoLines(table);
    rememberColumns(table, name);
    table->setAccessibleName(words("Clips"));
    replaceMenu(table);
    QObject::connect(table, &QAbstractItemView::activated, panel,
                     [panel, place = origins.front().place](const QModelIndex& index) {
                         const Place found = place(sourceRow(index));
                         if (found.video != 0) Q_EMIT panel->videoActivated(found);
                     });
    QObject::connect(
        table, &QWidget::customContextMenuRequested, panel,
        [panel, table, origins = std::move(origins)](const QPoint& at) { showMenu(table, panel, origins, at); });
    return table;
}

}  // namespace rest::ui
