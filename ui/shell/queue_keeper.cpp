// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/queue_keeper.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/engine/run/train_job.h"
#include "ui/controls/notice_bar.h"
#include "ui/look/format.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/closing_words.h"
#include "ui/shell/main_window.h"

namespace rest::ui {

QueueKeeper::QueueKeeper(MainWindow& window, std::filesystem::path folder, QObject* parent)
    : QObject(parent), window_(window), bar_(new NoticeBar), folder_(std::move(folder)), file_(folder_) {
    bar_->setObjectName(QStringLiteral("queueNotice"));
    window_.addBar(bar_);
    const EngineClient& engine = window_.engine();
    connect(&engine, &EngineClient::jobsChanged, this, &QueueKeeper::keep);
    connect(&engine, &EngineClient::runChanged, this, &QueueKeeper::keep);
    connect(&window_, &MainWindow::closingBegan, this, &QueueKeeper::keep);
    connect(&engine, &EngineClient::jobEnded, this,
            [this](const JobInfo& job, const engine::JobFinished& result) { jobEnded(job, result.outcome); });
}

void QueueKeeper::keep() {
    if (window_.closing() && !kept_.empty()) return;  // from then on jobEnded() decides
    kept_.clear();
    for (const JobInfo& job : window_.engine().jobs()) {
        if (job.order && !job.withdrawn) kept_.push_back({job.id, *job.order});
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
    try {
        file_.put(orders);
        warned_ = false;
    } catch (const Error& error) {
        if (std::exchange(warned_, true)) return;
        spdlog::warn("{}", error.full_text());
        Q_EMIT window_.session().failed(tr("The queue cannot be kept: %1").arg(text(error.what())),
                                        text(error.remedy()));
    }
}

void QueueKeeper::offerEarlier() {
    left_ = engine::left_queues(folder_);
    QStringList names;
    for (const engine::LeftQueue& left : left_) {
        for (const engine::JobOrder& order : left.orders)
            names << QStringLiteral("• ") + jobWords(text(order.title), text(order.project));
    }
    if (names.isEmpty()) return drop();
    constexpr qsizetype shown = 6;
    const qsizetype more = names.size() - shown;
    if (more > 0) names = names.mid(0, shown) << tr("… and %1 more").arg(more);
    const QString message = more + shown == 1 ? tr("A job was not finished when REST Studio was closed")
                                              : tr("Jobs were not finished when REST Studio was closed");
    bar_->tell(NoticeBar::Kind::note, message, names.join(QChar('\n')),
               {{tr("Queue again"), [this] { queueAgain(); }}, {tr("Drop"), [this] { drop(); }}});
}

void QueueKeeper::queueAgain() {
    EngineClient& engine = window_.engine();
    for (const engine::LeftQueue& left : left_) {
        for (const engine::JobOrder& order : left.orders) {
            const store::RunRef run = engine::run_of(order);
            if (run && engine.jobOfRun(run) != 0) continue;  // queued already
            try {
                engine.submit(engine::make_train_job(order), run);
            } catch (const Error& error) {
                Q_EMIT window_.session().failed(text(error.what()), text(error.remedy()));
            }
        }
    }
    drop();  // they are in this window's file now
}

void QueueKeeper::drop() {
    for (const engine::LeftQueue& left : left_) engine::forget(left);
    left_.clear();
    bar_->hide();
}

}  // namespace rest::ui
