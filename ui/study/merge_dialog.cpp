// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/merge_dialog.h"

#include <QHBoxLayout>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/tables.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"

namespace rest::ui {

namespace {

QString remarkOf(const study::MergedFile& file) {
    if (file.refused)
        return MergeDialog::tr("Refused: %1 %2").arg(text(file.refused->message), text(file.refused->remedy)).trimmed();
    QStringList parts;
    if (file.taken.annotators_added > 0)
        parts << MergeDialog::tr("new annotators: %1").arg(file.taken.annotators_added);
    for (const std::string& renamed : file.taken.renamed) parts << text(renamed);
    if (parts.isEmpty()) parts << (file.taken.added > 0 ? MergeDialog::tr("merged") : MergeDialog::tr("nothing new"));
    return parts.join(QStringLiteral("; "));
}

QStandardItemModel* makeModel(const std::vector<study::MergedFile>& merged, QObject* parent) {
    auto* model = new QStandardItemModel(parent);
    model->setHorizontalHeaderLabels(
        {MergeDialog::tr("File"), MergeDialog::tr("New"), MergeDialog::tr("Already there"), MergeDialog::tr("Result")});
    for (const study::MergedFile& file : merged) {
        auto* name = new QStandardItem(text(file.file.filename()));
        name->setToolTip(text(file.file));
        name->setIcon(icon(file.refused ? QStringLiteral("warning") : QStringLiteral("check")));
        const auto count = [&](int64_t n) {
            return new QStandardItem(file.refused ? QStringLiteral("–") : countText(n));
        };
        auto* remark = new QStandardItem(remarkOf(file));
        remark->setToolTip(remark->text());
        model->appendRow({name, count(file.taken.added), count(file.taken.already_there), remark});
    }
    return model;
}

}  // namespace

MergeDialog::MergeDialog(const std::vector<study::MergedFile>& merged, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Returned files"));
    resize(820, 360);
    int64_t added = 0;
    for (const study::MergedFile& file : merged) added += file.taken.added;
    const auto refused =
        std::ranges::count_if(merged, [](const study::MergedFile& file) { return file.refused.has_value(); });
    auto* summary =
        sectionTitle(refused == 0 ? tr("%1 new entries from %2 files").arg(countText(added)).arg(merged.size())
                                  : tr("%1 new entries from %2 files; %3 refused, the others are merged")
                                        .arg(countText(added))
                                        .arg(merged.size())
                                        .arg(refused));
    auto* table = makeTable(makeModel(merged, this), {220, 70, 110});
    table->setAccessibleName(tr("Returned files"));
    wrapRows(table);
    auto* close = button(tr("Close"), {}, true);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, page_margin);
    layout->setSpacing(gap);
    layout->addWidget(summary);
    layout->addWidget(table, 1);
    layout->addWidget(mutedLabel(tr("Answers, skips and undos are counted; merging a file twice adds nothing.")));
    layout->addWidget(close, 0, Qt::AlignRight);
}

}  // namespace rest::ui
