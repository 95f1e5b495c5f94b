// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <vector>

#include "core/engine/queue/events.h"
#include "core/engine/queue/queue_file.h"

namespace rest::ui {

class MainWindow;
class NoticeBar;
struct JobInfo;

/// Keeps the window's queue on disk, with the frozen settings of each job, and offers what earlier windows have left:
/// those that were closed over a queue, and those that were killed. It goes before the window does.
///
/// A job leaves the file when it ends or is dropped, but not when the window closes over it. Jobs that cannot be made
/// again (imports, checks) are not in it. What an earlier window has left stays in that window's file until this one's
/// has it or its user drops it; meanwhile no other window offers it.
class QueueKeeper : public QObject {
    Q_OBJECT

  public:
    explicit QueueKeeper(MainWindow& window, std::filesystem::path folder = engine::queue_dir(),
                         QObject* parent = nullptr);

    /// Shows a line when an earlier window has left jobs: queue them again, or drop them. Left unanswered, or refused
    /// when they are queued, they are offered at the next start again.
    void offerEarlier();
    const NoticeBar& bar() const { return *bar_; }

  private:
    struct Kept {
        engine::JobId job;
        engine::JobOrder order;
    };
    struct Left {
        engine::LeftQueue queue;  // its orders are those that are still offered
        bool taken = false;       // others of it are this window's now: the file is to say so when this window's does
    };
    void keep();
    void jobEnded(const JobInfo& job, engine::Outcome outcome);
    void write();
    void settle();
    void offer();
    void queueAgain();
    bool queued(const engine::JobOrder& order);
    void drop();

    MainWindow& window_;
    NoticeBar* bar_;
    std::filesystem::path folder_;
    engine::QueueFile file_;
    std::vector<Kept> kept_;
    std::vector<Left> left_;
    bool warned_ = false;  // that the file cannot be written
};

}  // namespace rest::ui
