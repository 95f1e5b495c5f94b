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

/// Keeps the window's queue on disk, with the frozen settings of each job, and offers the jobs left by earlier windows:
/// those that were closed with a queue, and those that were killed. Destroyed before the window.
///
/// A job is removed from the file when it ends or is dropped, but not when the window closes over it. Jobs that cannot
/// be recreated (imports, checks) are not in it.
class QueueKeeper : public QObject {
    Q_OBJECT

  public:
    explicit QueueKeeper(MainWindow& window, std::filesystem::path folder = engine::queue_dir(),
                         QObject* parent = nullptr);

    /// Shows a line if an earlier window has left jobs: queue them again, or drop them. If not answered, they are
    /// offered again at the next start.
    void offerEarlier();
    const NoticeBar& bar() const { return *bar_; }

  private:
    struct Kept {
        engine::JobId job;
        engine::JobOrder order;
    };
    void keep();
    void jobEnded(const JobInfo& job, engine::Outcome outcome);
    void write();
    void queueAgain();
    void drop();

    MainWindow& window_;
    NoticeBar* bar_;
    std::filesystem::path folder_;
    engine::QueueFile file_;
    std::vector<Kept> kept_;
    std::vector<engine::LeftQueue> left_;
    bool warned_ = false;  // that the file cannot be written
};

}  // namespace rest::ui
