// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/queue/engine.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/engine/queue/job_context.h"
#include "core/kernels/cpu_blocks.h"
#include "core/kernels/device_memory.h"

namespace rest::engine {

struct QueuedJob {
    JobId id;
    std::string title;
    std::unique_ptr<Job> job;
    TaskControl control;
    bool announced = false;  // JobQueued was delivered: only then may the engine thread start it
};
using QueuedJobPtr = std::shared_ptr<QueuedJob>;

namespace {

JobFinished run_to_the_end(QueuedJob& entry, const Listener& listener) noexcept {
    try {
        ListenerContext context(entry.control, entry.id, listener);
        context.check();
        std::string line = entry.job->run(context);
        return {entry.id, Outcome::succeeded, std::move(line), {}};
    } catch (...) {
        return finished_by_exception(entry.id);
    }
}

/// So that an idle GUI holds no memory of a finished job. A failing device has ended the job already.
void give_memory_back() noexcept {
    kernels::release_cpu_blocks();
    try {
        kernels::release_device_blocks();
    } catch (const std::exception& e) {
        spdlog::warn("The device's memory is kept: {}", e.what());
    }
}

}  // namespace

struct Engine::Impl {
    explicit Impl(Listener l) : listener(std::move(l)) {}

    const Listener listener;
    mutable std::mutex mutex;
    std::condition_variable_any work;  // a job can start
    std::condition_variable became_idle;
    std::deque<QueuedJobPtr> queue;
    QueuedJobPtr running;
    size_t leaving = 0;  // taken from the queue, their JobFinished not yet delivered
    JobId last_id = 0;
    std::jthread thread;  // last: joined before the members it uses are destroyed

    void loop(std::stop_token stop);
    std::deque<QueuedJobPtr>::iterator next();
    std::deque<QueuedJobPtr>::iterator queued(JobId job);  // end() if it is not queued
    QueuedJobPtr find(JobId job) const;
    QueuedJobPtr take_queued(JobId job);
    bool idle() const { return queue.empty() && !running && leaving == 0; }
    void drop(const std::deque<QueuedJobPtr>& entries);  // entries counted in `leaving`
};

/// The first job that may start; a paused one is skipped until it is resumed.
std::deque<QueuedJobPtr>::iterator Engine::Impl::next() {
    return std::find_if(queue.begin(), queue.end(),
                        [](const QueuedJobPtr& e) { return e->announced && !e->control.paused(); });
}

std::deque<QueuedJobPtr>::iterator Engine::Impl::queued(JobId job) {
    return std::find_if(queue.begin(), queue.end(), [job](const QueuedJobPtr& e) { return e->id == job; });
}

QueuedJobPtr Engine::Impl::find(JobId job) const {
    if (running && running->id == job) return running;
    const auto at = std::find_if(queue.begin(), queue.end(), [job](const QueuedJobPtr& e) { return e->id == job; });
    return at == queue.end() ? nullptr : *at;
}

QueuedJobPtr Engine::Impl::take_queued(JobId job) {
    const auto at = queued(job);
    if (at == queue.end()) return nullptr;
    auto entry = *at;
    queue.erase(at);
    return entry;
}

void Engine::Impl::drop(const std::deque<QueuedJobPtr>& entries) {
    for (const auto& entry : entries) {
        entry->job.reset();
        notify(listener, JobFinished{entry->id, Outcome::cancelled, "Cancelled before it began", {}});
    }
    std::lock_guard lock(mutex);
    leaving -= entries.size();
    if (idle()) became_idle.notify_all();
}

void Engine::Impl::loop(std::stop_token stop) {
    std::unique_lock lock(mutex);
    while (work.wait(lock, stop, [this] { return next() != queue.end(); }) && !stop.stop_requested()) {
        const auto at = next();
        running = *at;
        queue.erase(at);
        lock.unlock();
        notify(listener, JobStarted{running->id, running->title});
        const auto finished = run_to_the_end(*running, listener);
        running->job.reset();  // before listeners run: files closed, memory freed
        give_memory_back();
        notify(listener, finished);
        lock.lock();
        running = nullptr;
        if (idle()) became_idle.notify_all();
    }
}

Engine::Engine(Listener listener) : impl_(std::make_unique<Impl>(std::move(listener))) {
    impl_->thread = std::jthread([this](std::stop_token stop) { impl_->loop(stop); });
}

Engine::~Engine() {
    impl_->thread.request_stop();
    cancel_all();
    impl_->thread.join();
}

JobId Engine::submit(std::unique_ptr<Job> job) {
    if (!job) throw Error(ErrorCode::invalid_argument, "Engine::submit() was given no job");
    auto entry = std::make_shared<QueuedJob>();
    entry->title = job->title();
    entry->job = std::move(job);
    {
        std::lock_guard lock(impl_->mutex);
        entry->id = ++impl_->last_id;
        impl_->queue.push_back(entry);
    }
    const JobId id = entry->id;
    notify(impl_->listener, JobQueued{id, entry->title});
    std::lock_guard lock(impl_->mutex);
    entry->announced = true;
    impl_->work.notify_all();
    return id;
}

void Engine::cancel(JobId job) {
    QueuedJobPtr queued;
    {
        std::lock_guard lock(impl_->mutex);
        if (impl_->running && impl_->running->id == job) impl_->running->control.cancel();
        queued = impl_->take_queued(job);
        if (queued) ++impl_->leaving;
    }
    if (queued) impl_->drop({queued});
}

void Engine::pause(JobId job) {
    {
        std::lock_guard lock(impl_->mutex);
        const auto entry = impl_->find(job);
        if (!entry || entry->control.paused()) return;
        entry->control.pause();
    }
    notify(impl_->listener, JobPaused{job, true});
}

void Engine::resume(JobId job) {
    {
        std::lock_guard lock(impl_->mutex);
        const auto entry = impl_->find(job);
        if (!entry || !entry->control.paused()) return;
        entry->control.resume();
        impl_->work.notify_all();
    }
    notify(impl_->listener, JobPaused{job, false});
}

void Engine::cancel_all() {
    std::deque<QueuedJobPtr> queued;
    {
        std::lock_guard lock(impl_->mutex);
        if (impl_->running) impl_->running->control.cancel();
        queued.swap(impl_->queue);
        impl_->leaving += queued.size();
    }
    impl_->drop(queued);
}

bool Engine::move(JobId job, JobId before) {
    std::lock_guard lock(impl_->mutex);
    const auto missing = impl_->queue.end();
    if (impl_->queued(job) == missing || (before != 0 && impl_->queued(before) == missing)) return false;
    if (job == before) return true;
    const auto entry = impl_->take_queued(job);
    impl_->queue.insert(before == 0 ? impl_->queue.end() : impl_->queued(before), entry);
    return true;
}

bool Engine::idle() const {
    std::lock_guard lock(impl_->mutex);
    return impl_->idle();
}

void Engine::wait_idle() {
    std::unique_lock lock(impl_->mutex);
    impl_->became_idle.wait(lock, [this] { return impl_->idle(); });
}

}  // namespace rest::engine
