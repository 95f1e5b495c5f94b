// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/queue_keeper.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/log.h"
#include "ui/controls/notice_bar.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/closing_words.h"
#include "ui/shell/main_window.h"
#include "ui/shell/submit_again.h"

namespace rest::ui {

QueueKeeper::QueueKeeper(MainWindow& window, std::filesystem::path folder, QObject* parent)
    : QObject(parent), window_(window), bar_(new NoticeBar), folder_(std::move(folder)), file_(folder_) {
    bar_->setObjectName(QStringLiteral("queueNotice"));
    window_.addBar(bar_);
    const EngineClient& engine = window_.engine();
    connect(&engine, &EngineClient::jobsChanged, this, &QueueKeeper::keep);
    connect(&window_, &MainWindow::closingBegan, this, &QueueKeeper::keep);
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, [this] {
        refused_.clear();
        write();
    });
    connect(&engine, &EngineClient::jobEnded, this,
            [this](const JobInfo& job, const engine::JobFinished& result) { jobEnded(job, result.outcome); });
}

void QueueKeeper::keep() {
    if (window_.closing() && !kept_.empty()) return;  // from then on jobEnded() decides
    kept_.clear();
    for (const JobInfo& job : window_.engine().wanted()) {
        if (job.order) kept_.push_back({job.id, *job.order});
    }
    write();
}

/// While the window closes, only jobs that ended are removed; a new run's order has become one that resumes it.
void QueueKeeper::jobEnded(const JobInfo& job, engine::Outcome outcome) {
    const auto at = std::ranges::find(kept_, job.id, &Kept::job);
    if (!window_.closing() || at == kept_.end()) return;
    if (outcome == engine::Outcome::cancelled && job.order)
        at->order = *job.order;
    else
        kept_.erase(at);
    write();
}

void QueueKeeper::write() {
    std::vector<engine::JobOrder> orders;
    for (const Kept& kept : kept_) orders.push_back(kept.order);
    if (again_.isActive() && orders == refused_) return;  // on a full disk too, the window answers at once
    again_.stop();
    try {
        file_.put(orders);
        settle();
        warned_ = false;
    } catch (const Error& error) {
        refused_ = std::move(orders);
        again_.start(retry_ms_);
        tell(error);
    }
}

void QueueKeeper::tell(const Error& error) {
    if (std::exchange(warned_, true)) return;
    spdlog::warn("{}", error.full_text());
    Q_EMIT window_.session().failed(tr("The queue cannot be saved: %1").arg(text(error.what())), text(error.remedy()));
}

/// Called once this window's file has the jobs taken from other queues.
void QueueKeeper::settle() {
    for (Left& left : left_) {
        if (!left.taken) continue;
        engine::put_back(left.queue);
        left.taken = false;
    }
    std::erase_if(left_, [](const Left& left) { return !left.queue.lock; });
}

void QueueKeeper::offerEarlier() {
    if (!left_.empty()) return offer();
    for (engine::LeftQueue& left : engine::left_queues(folder_)) left_.push_back({std::move(left)});
    offer();
}

void QueueKeeper::offer() {
    QStringList names;
    for (const Left& left : left_) {
        for (const engine::JobOrder& order : left.queue.orders)
            names << QStringLiteral("• ") + jobWords(text(order.title), text(order.project));
    }
    if (names.isEmpty()) return drop();
    constexpr qsizetype shown = 6;
    const qsizetype more = names.size() - shown;
    if (more > 0) names = names.mid(0, shown) << tr("… and %1 more").arg(more);
    const QString message = more + shown == 1 ? tr("A job was not finished when REST Studio was closed")
                                              : tr("Jobs were not finished when REST Studio was closed");
    bar_->tell(NoticeBar::Kind::note, message, names.join(QChar('\n')),
               {{tr("Queue again"), [this] { queueAgain(); }}, {tr("Discard"), [this] { drop(); }}});
}

/// Rejected jobs stay offered; the reason is shown.
void QueueKeeper::queueAgain() {
    // Submitting a job writes this window's file and settles, so the jobs are copied first.
    std::vector<engine::JobOrder> all;
    for (const Left& left : left_) all.insert(all.end(), left.queue.orders.begin(), left.queue.orders.end());
    std::vector<engine::JobOrder> refused;
    for (const engine::JobOrder& order : all) {
        if (!submitAgain(window_.engine(), window_.session(), order)) refused.push_back(order);
    }
    for (Left& left : left_) {
        const auto taken = std::erase_if(left.queue.orders, [&](const engine::JobOrder& order) {
            return std::ranges::find(refused, order) == refused.end();
        });
        left.taken = left.taken || taken > 0;
    }
    write();
    offer();
}

void QueueKeeper::drop() {
    for (Left& left : left_) {
        left.queue.orders.clear();
        if (left.taken) continue;  // removed once this window's file is written
        try {
            engine::put_back(left.queue);
        } catch (const Error& error) {
            spdlog::warn("{}", error.full_text());
        }
    }
    std::erase_if(left_, [](const Left& left) { return !left.queue.lock; });
    bar_->hide();
}

}  // namespace rest::ui
