// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/job_area.h"

#include <QToolButton>
#include <QVBoxLayout>

#include "ui/controls/undo_bar.h"
#include "ui/session/engine_client.h"
#include "ui/session/log_panel.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/queue_panel.h"

namespace rest::ui {

JobArea::JobArea(EngineClient& engine, QWidget* parent)
    : QWidget(parent),
      strip_(new JobStrip(engine)),
      queue_(new QueuePanel(engine)),
      log_(new LogPanel),
      undo_(new UndoBar) {
    undo_->setObjectName(QStringLiteral("undoBar"));
    queue_->setObjectName(QStringLiteral("queuePanel"));
    queue_->setFixedHeight(170);
    queue_->hide();
    log_->setObjectName(QStringLiteral("logPanel"));
    log_->setAccessibleName(tr("Log"));
    log_->setFixedHeight(150);
    log_->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget* part : std::initializer_list<QWidget*>{undo_, log_, queue_, strip_}) layout->addWidget(part);
    connect(strip_->logButton(), &QToolButton::toggled, log_, &QWidget::setVisible);
    connect(strip_->queueButton(), &QToolButton::toggled, queue_, &QWidget::setVisible);
    connect(&engine, &EngineClient::logged, log_, &LogPanel::add);
}

void JobArea::showLog(bool on) {
    strip_->logButton()->setChecked(on);
}
void JobArea::showQueue(bool on) {
    strip_->queueButton()->setChecked(on);
}
void JobArea::toggleLog() {
    strip_->logButton()->toggle();
}
void JobArea::toggleQueue() {
    strip_->queueButton()->toggle();
}

}  // namespace rest::ui
