// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shortcut_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/controls/basics.h"

namespace rest::ui {

ShortcutDialog::ShortcutDialog(const QList<KeyGroup>& groups, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* grid = new QGridLayout(inside);
    grid->setHorizontalSpacing(2 * gap);
    grid->setVerticalSpacing(small_gap);
    grid->setColumnStretch(1, 1);
    for (const KeyGroup& group : groups) {
        if (group.keys.isEmpty()) continue;
        const int row = grid->rowCount();
        grid->setRowMinimumHeight(row, gap);
        grid->addWidget(sectionTitle(group.title), row + 1, 0, 1, 2);
        for (const KeyHelp& one : group.keys) {
            const int line = grid->rowCount();
            grid->addWidget(new QLabel(one.keys), line, 0, Qt::AlignTop);
            auto* what = mutedLabel(one.what);
            what->setWordWrap(true);
            grid->addWidget(what, line, 1);
        }
    }
    grid->setRowStretch(grid->rowCount(), 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scrolled(inside), 1);
    layout->addWidget(buttons);
    resize(560, 620);
}

}  // namespace rest::ui
