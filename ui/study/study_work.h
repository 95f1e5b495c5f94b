// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <functional>
#include <memory>

#include "core/base/task.h"

namespace rest::ui {

/// Long work on a study (files for annotators, and their return), one at a time on a thread of its own: it needs no
/// device, so it does not wait for a training. Closing cancels it; what it leaves is whole.
class StudyWork : public QObject {
    Q_OBJECT

  public:
    explicit StudyWork(QObject* parent = nullptr);
    ~StudyWork() override;

    bool running() const { return control_ != nullptr; }
    const QString& title() const { return title_; }
    const Progress& progress() const { return progress_; }
    void cancel();

    /// Runs `work(Task&)` on the thread and `done(result)` here. Only when nothing runs.
    template <class Work, class Done>
    void start(const QString& title, Work work, Done done) {
        run(title, [work, done](Task& task) -> std::function<void()> {
            auto result = std::make_shared<std::invoke_result_t<Work, Task&>>(work(task));
            return [result, done] { done(std::move(*result)); };
        });
    }

  Q_SIGNALS:
    void changed();  // it began, came further or ended
    void failed(const QString& message, const QString& remedy);
    void cancelled();

  private:
    class Reporter;
    using Reply = std::function<void()>;
    void run(const QString& title, std::function<Reply(Task&)> work);

    QThreadPool pool_;
    std::shared_ptr<TaskControl> control_;  // of what runs
    QString title_;
    Progress progress_;
};

}  // namespace rest::ui
