// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/long_work.h"

namespace rest::ui {

LongWork::LongWork(QObject* parent) : QObject(parent) {}

LongWork::~LongWork() {
    cancel();
}

void LongWork::cancel() {
    if (control_) control_->cancel();
}

void LongWork::begin(const QString& title) {
    control_ = std::make_shared<TaskControl>();
    title_ = title;
    progress_ = {};
    Q_EMIT changed();
}

void LongWork::tell(const Progress& progress) {
    if (!running()) return;
    progress_ = progress;
    Q_EMIT changed();
}

void LongWork::end() {
    control_.reset();
    Q_EMIT changed();
}

}  // namespace rest::ui
