// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/task.h"

namespace rest::ui {

/// Why background work failed, in words for the user.
struct Failure {
    QString message;
    QString remedy;
    bool cancelled = false;  // then both texts are empty
};

/// Message and remedy of an exception that work has thrown. Never throws.
Failure failureOf(const std::exception_ptr& error);

/// Background work on one thread, in the order in which it was started.
///
/// Every start() is answered exactly once on the window's thread: by `done` with the result, or by `failed` whatever
/// the work threw. Answers to work started before the last forget(), or for a destroyed context, are dropped.
/// All calls from the window's thread; the destructor waits for running work and drops the rest.
class Background : public QObject {
    Q_OBJECT

  public:
    explicit Background(QObject* parent = nullptr);
    ~Background() override;

    /// Runs `work()` on the thread, then `done(result)` or `failed(const Failure&)` here, never before this returns.
    /// (QFuture::then() with a context calls back immediately if the work was quicker than the caller.)
    template <class Work, class Done, class Failed>
    void start(QObject* context, Work work, Done done, Failed failed) {
        using Result = std::invoke_result_t<Work&>;
        ++pending_;
        auto answer = [this, generation = generation_, guard = QPointer<QObject>(context), done = std::move(done),
                       failed = std::move(failed)](std::optional<Result>& result, const Failure& failure) mutable {
            --pending_;
            if (generation != generation_ || !guard) return;
            if (result)
                done(std::move(*result));
            else
                failed(failure);
        };
        pool_.start([this, work = std::move(work), answer = std::move(answer)]() mutable {
            auto result = std::make_shared<std::optional<Result>>();
            Failure failure;
            try {
                result->emplace(work());
            } catch (...) {
                failure = failureOf(std::current_exception());
            }
            QMetaObject::invokeMethod(
                this, [answer, result, failure]() mutable { answer(*result, failure); }, Qt::QueuedConnection);
        });
    }

    /// Drops the answers to everything started so far.
    void forget() { ++generation_; }
    bool idle() const { return pending_ == 0; }

  private:
    QThreadPool pool_;
    int generation_ = 0;
    int pending_ = 0;
};

/// A task whose progress is reported on the window's thread while `context` lives.
class BackgroundTask final : public Task {
  public:
    BackgroundTask(TaskControl& control, QObject* context, std::function<void(const Progress&)> tell);

  private:
    void on_progress(const Progress& progress) override;
    void on_log(LogLevel, const std::string&) override {}

    QObject* context_;
    std::function<void(const Progress&)> tell_;
};

}  // namespace rest::ui
