// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_work.h"

#include "core/base/error.h"
#include "ui/look/format.h"

namespace rest::ui {

class StudyWork::Reporter final : public Task {
  public:
    Reporter(TaskControl& control, StudyWork* to) : Task(control), to_(to) {}

  private:
    void on_progress(const Progress& progress) override {
        QMetaObject::invokeMethod(
            to_,
            [to = to_, progress] {
                if (!to->running()) return;
                to->progress_ = progress;
                Q_EMIT to->changed();
            },
            Qt::QueuedConnection);
    }
    void on_log(LogLevel, const std::string&) override {}

    StudyWork* to_;
};

StudyWork::StudyWork(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(1);
}

StudyWork::~StudyWork() {
    cancel();
    pool_.waitForDone();
}

void StudyWork::cancel() {
    if (control_) control_->cancel();
}

void StudyWork::run(const QString& title, std::function<Reply(Task&)> work) {
    if (running()) return;
    control_ = std::make_shared<TaskControl>();
    title_ = title;
    progress_ = {};
    Q_EMIT changed();
    pool_.start([this, control = control_, work = std::move(work)] {
        Reply reply;
        try {
            Reporter task(*control, this);
            reply = work(task);
        } catch (const Cancelled&) {
            reply = [this] { Q_EMIT this->cancelled(); };
        } catch (const Error& error) {
            reply = [this, message = text(error.what()), remedy = text(error.remedy())] {
                Q_EMIT this->failed(message, remedy);
            };
        } catch (const std::exception& error) {
            reply = [this, message = text(error.what())] { Q_EMIT this->failed(message, {}); };
        }
        QMetaObject::invokeMethod(
            this,
            [this, reply] {
                control_.reset();
                Q_EMIT changed();
                reply();
            },
            Qt::QueuedConnection);
    });
}

}  // namespace rest::ui
