// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>

#include "core/base/task.h"
#include "ui/session/background.h"

namespace rest::ui {

/// Long work on a study (files for annotators, and merging them back), one at a time on its own thread: it needs no
/// device, so it does not wait for a training. Closing cancels it, leaving no partial files.
class StudyWork : public QObject {
    Q_OBJECT

  public:
    explicit StudyWork(QObject* parent = nullptr);
    ~StudyWork() override;

    bool running() const { return control_ != nullptr; }
    const QString& title() const { return title_; }
    const Progress& progress() const { return progress_; }
    void cancel();

    /// Runs `work(Task&)` on the thread and `done(result)` here; on failure, `otherwise(failure)` after failed().
    /// Does nothing while other work runs.
    template <class Work, class Done>
    void start(const QString& title, Work work, Done done, std::function<void(const Failure&)> otherwise = {}) {
        if (running()) return;
        begin(title);
        background_.start(
            this,
            [this, control = control_, work = std::move(work)] {
                BackgroundTask task(*control, this, [this](const Progress& progress) { tell(progress); });
                return work(task);
            },
            [this, done = std::move(done)](auto result) {
                end();
                done(std::move(result));
            },
            [this, otherwise = std::move(otherwise)](const Failure& failure) {
                end();
                if (failure.cancelled) return Q_EMIT cancelled();
                Q_EMIT failed(failure.message, failure.remedy);
                if (otherwise) otherwise(failure);
            });
    }

  Q_SIGNALS:
    void changed();  // it began, progressed or ended
    void failed(const QString& message, const QString& remedy);
    void cancelled();

  private:
    void begin(const QString& title);
    void tell(const Progress& progress);
    void end();

    std::shared_ptr<TaskControl> control_;  // of the running work
    QString title_;
    Progress progress_;
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
