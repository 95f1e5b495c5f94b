// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <vector>

#include "core/engine/queue/events.h"
#include "core/engine/queue/queue_file.h"

namespace rest::ui {

class MainWindow;
class NoticeBar;
struct JobInfo;

/// Keeps the window's queue on disk, with the frozen settings of each job, and offers the jobs left by earlier windows:
/// those that were closed with a queue, and those that were killed. Destroyed before the window.
///
/// A job is removed from the file when it ends or is dropped, but not when the window closes over it. Jobs that cannot
/// be recreated (imports, checks) are not in it. The jobs of an earlier window stay in that window's file until they
/// are in this window's file or dropped; meanwhile no other window offers them. If the file cannot be written, that is
/// reported once and tried again after some seconds, or when the queue has changed.
class QueueKeeper : public QObject {
    Q_OBJECT

  public:
    explicit QueueKeeper(MainWindow& window, std::filesystem::path folder = engine::queue_dir(),
                         QObject* parent = nullptr);

    /// Shows a line if an earlier window has left jobs: queue them again, or drop them. If not answered, or refused
    /// when they are queued, they are offered again at the next start.
    void offerEarlier();
    void setRetry(int milliseconds) { retry_ms_ = milliseconds; }
    const NoticeBar& bar() const { return *bar_; }

  private:
    struct Kept {
        engine::JobId job;
        engine::JobOrder order;
    };
    struct Left {
        engine::LeftQueue queue;  // its orders are still offered
        bool taken = false;       // other orders were queued here; its file is updated once this window's file has them
    };
    void keep();
    void jobEnded(const JobInfo& job, engine::Outcome outcome);
    void write();
    void tell(const Error& error);
    void settle();
    void offer();
    void queueAgain();
    void drop();

    MainWindow& window_;
    NoticeBar* bar_;
    std::filesystem::path folder_;
    engine::QueueFile file_;
    std::vector<Kept> kept_;
    std::vector<Left> left_;
    std::vector<engine::JobOrder> refused_;  // what could not be written
    QTimer again_;                           // then it is tried once more
    int retry_ms_ = 5000;
    bool warned_ = false;  // that it cannot be written
};

}  // namespace rest::ui
