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
}  // namespace

QTableView* makeClipTable(QAbstractItemModel* model, std::initializer_list<int> widths, ReportPanel* panel,
                          std::function<store::VideoId(int)> video) {
    QTableView* table = makeTable(model, widths);
    table->setAccessibleName(words("Clips"));
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(table, &QAbstractItemView::activated, panel, [panel, video](const QModelIndex& index) {
        if (const store::VideoId id = video(index.row()); id != 0) Q_EMIT panel->videoActivated(id);
    });
    QObject::connect(table, &QWidget::customContextMenuRequested, panel, [panel, table, video](const QPoint& at) {
        const store::VideoId id = video(table->indexAt(at).row());
        if (id == 0) return;
        auto* menu = new QMenu(table);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(icon(QStringLiteral("captions")), words("Show on the Captions page"), panel,
                        [panel, id] { Q_EMIT panel->videoActivated(id); });
        menu->addAction(icon(QStringLiteral("search")), words("Look into its caption"), panel,
                        [panel, id] { Q_EMIT panel->explorerRequested(id); });
        menu->popup(table->viewport()->mapToGlobal(at));
    });
    return table;
}

}  // namespace rest::ui
