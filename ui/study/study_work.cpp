// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_work.h"

namespace rest::ui {

StudyWork::StudyWork(QObject* parent) : QObject(parent) {}

StudyWork::~StudyWork() {
    cancel();
}

void StudyWork::cancel() {
    if (control_) control_->cancel();
}

void StudyWork::begin(const QString& title) {
    control_ = std::make_shared<TaskControl>();
    title_ = title;
    progress_ = {};
    Q_EMIT changed();
}

void StudyWork::tell(const Progress& progress) {
    if (!running()) return;
    progress_ = progress;
    Q_EMIT changed();
}

void StudyWork::end() {
    control_.reset();
    Q_EMIT changed();
}

}  // namespace rest::ui
