// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/background.h"

#include "core/base/error.h"
#include "ui/look/format.h"

namespace rest::ui {

Failure failureOf(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const Cancelled&) {
        return {{}, {}, true};
    } catch (const Error& e) {
        return {text(e.what()), text(e.remedy())};
    } catch (const std::exception& e) {
        return {text(e.what()), {}};
    } catch (...) {
        return {Background::tr("The task ended for an unknown reason"), {}};
    }
}

Background::Background(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(1);
    pool_.setExpiryTimeout(-1);
}

Background::~Background() {
    pool_.clear();
    pool_.waitForDone();
}

BackgroundTask::BackgroundTask(TaskControl& control, QObject* context, std::function<void(const Progress&)> tell)
    : Task(control), context_(context), tell_(std::move(tell)) {}

void BackgroundTask::on_progress(const Progress& progress) {
    QMetaObject::invokeMethod(
        context_, [tell = tell_, progress] { tell(progress); }, Qt::QueuedConnection);
}

}  // namespace rest::ui
