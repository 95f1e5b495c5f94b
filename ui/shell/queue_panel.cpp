// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/queue_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/tables.h"
#include "ui/session/engine_client.h"
#include "ui/shell/queue_model.h"

namespace rest::ui {

QueuePanel::QueuePanel(EngineClient& engine, QWidget* parent)
    : QFrame(parent),
      engine_(engine),
      model_(new QueueModel(engine, this)),
      list_(makeTable(model_, {420, 200, 120})),
      up_(toolButton(QStringLiteral("up"), tr("Earlier (Alt+Up)"))),
      down_(toolButton(QStringLiteral("down"), tr("Later (Alt+Down)"))),
      empty_(mutedLabel(tr("Nothing runs and nothing waits. Imports, trainings and evaluations line up here, of all "
                           "projects."))),
      drop_(toolButton(QStringLiteral("remove"), tr("Drop from the queue (Delete)"))) {
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    list_->setAccessibleName(tr("Queue"));
    list_->setToolTip(tr("Drag a row, or press Alt+Up and Alt+Down, to change the order; Delete drops it"));
    list_->setDragDropMode(QAbstractItemView::InternalMove);
    list_->setDragDropOverwriteMode(false);
    list_->setDefaultDropAction(Qt::MoveAction);
    const auto key = [this](const QKeySequence& keys, auto&& act) {
        auto* shortcut = new QShortcut(keys, list_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    key(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { move(-1); });
    key(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { move(1); });
    key(QKeySequence(Qt::Key_Delete), [this] { drop(); });
    connect(up_, &QToolButton::clicked, this, [this] { move(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { move(1); });
    connect(drop_, &QToolButton::clicked, this, &QueuePanel::drop);
    connect(model_, &QAbstractItemModel::modelReset, this, &QueuePanel::keepSelection);
    connect(model_, &QAbstractItemModel::dataChanged, this, &QueuePanel::updateButtons);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) selected_ = model_->job(current.row());
        updateButtons();
    });

    auto* buttons = new QVBoxLayout;
    buttons->setSpacing(small_gap);
    for (QToolButton* made : {up_, down_, drop_}) buttons->addWidget(made);
    buttons->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, small_gap, gap, small_gap);
    layout->setSpacing(small_gap);
    layout->addWidget(list_, 1);
    layout->addWidget(empty_, 1);
    layout->addLayout(buttons);
    updateButtons();
}

void QueuePanel::move(int places) {
    model_->moveBy(selected_, places);
}

void QueuePanel::drop() {
    const int row = model_->rowOf(selected_);
    if (row < 0) return;
    const engine::JobId dropped = selected_;
    // Selects the neighbour, so that pressing Delete again drops the next job.
    selected_ = model_->job(row + 1 < model_->rowCount() ? row + 1 : row - 1);
    if (!model_->waits(model_->rowOf(selected_))) selected_ = 0;
    engine_.withdraw(dropped);
}

void QueuePanel::keepSelection() {
    const int row = model_->rowOf(selected_);
    if (row >= 0) list_->setCurrentIndex(model_->index(row, 0));
    updateButtons();
}

void QueuePanel::updateButtons() {
    list_->setVisible(model_->rowCount() > 0);
    empty_->setVisible(model_->rowCount() == 0);
    const int row = model_->rowOf(selected_);
    up_->setEnabled(model_->waits(row) && model_->waits(row - 1));
    down_->setEnabled(model_->waits(row) && model_->waits(row + 1));
    drop_->setEnabled(row >= 0);
}

}  // namespace rest::ui
