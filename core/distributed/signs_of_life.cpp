// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distributed/signs_of_life.h"

#include <fmt/format.h>

#include <algorithm>

namespace rest::distributed {
namespace {

using namespace std::chrono_literals;

/// A process that has come may still be busy with making connections.
constexpr std::chrono::milliseconds kUntilFirstSign = 60s;

std::vector<uint8_t> bytes(const std::string& text) {
    return {text.begin(), text.end()};
}

std::string text(const std::vector<uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

SignsOfLife::SignsOfLife(const Membership& membership, const std::string& prefix, std::chrono::milliseconds lost_after)
    : me_(membership),
      prefix_(prefix),
      lost_after_(lost_after),
      pause_(std::clamp<std::chrono::milliseconds>(lost_after / 15, 10ms, 2000ms)),
      last_change_(std::chrono::steady_clock::now()) {
    c10d::TCPStoreOptions options;
    options.port = membership.port;
    options.waitWorkers = false;
    options.timeout = lost_after;
    store_ = c10::make_intrusive<c10d::TCPStore>(membership.address, options);
    store_->set(prefix_ + "host/" + std::to_string(me_.rank), bytes(host_name()));
    thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

SignsOfLife::~SignsOfLife() {
    thread_.request_stop();
    thread_.join();
    try {
        if (!lost()) count("left/" + std::to_string(me_.rank), 1);
    } catch (const std::exception&) {
        // The process that hosts the store has left already: there is nobody to report to.
    }
}

std::optional<std::string> SignsOfLife::lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
}

void SignsOfLife::give_up(const std::string& reason) noexcept {
    try {
        if (lost()) return;
        tell(me_.rank, reason);
        const std::lock_guard lock(mutex_);
        lost_ = "this process " + reason;
    } catch (const std::exception&) {
        // The others will notice that its signs of life stop.
    }
}

void SignsOfLife::wait_until_told() noexcept {
    const auto until = std::chrono::steady_clock::now() + 3 * pause_;
    try {
        for (int rank = 0; rank < me_.size; ++rank) {
            const auto name = std::to_string(rank);
            while (rank != me_.rank && count("told/" + name, 0) == 0 && count("left/" + name, 0) == 0 &&
                   std::chrono::steady_clock::now() < until)
                std::this_thread::sleep_for(5ms);
        }
    } catch (const std::exception&) {
        // The store is gone, and with it the news.
    }
}

/// add() with 0 reads a counter without waiting for it to be set.
int64_t SignsOfLife::count(const std::string& key, int64_t more) {
    return store_->add(prefix_ + key, more);
}

/// Only the first failure is recorded: later ones follow from it.
void SignsOfLife::tell(int rank, const std::string& reason) {
    if (count("failures", 1) > 1) return;
    const auto host = text(store_->get(prefix_ + "host/" + std::to_string(rank)));
    store_->set(prefix_ + "failure", bytes(fmt::format("rank {} ({}) {}", rank, host, reason)));
}

void SignsOfLife::beat() {
    count("alive/" + std::to_string(me_.rank), 1);
    if (count("failures", 0) > 0) {
        const auto failure = text(store_->get(prefix_ + "failure"));
        count("told/" + std::to_string(me_.rank), 1);
        const std::lock_guard lock(mutex_);
        if (!lost_) lost_ = failure;
        return;
    }
    const int next = (me_.rank + 1) % me_.size;
    const int64_t now = count("alive/" + std::to_string(next), 0);
    if (now != last_count_) {
        last_count_ = now;
        last_change_ = std::chrono::steady_clock::now();
    } else if (std::chrono::steady_clock::now() - last_change_ > (now == 0 ? kUntilFirstSign : lost_after_) &&
               count("left/" + std::to_string(next), 0) == 0) {
        tell(next,
             fmt::format("sent no heartbeat for {:.0f} seconds", std::chrono::duration<double>(lost_after_).count()));
    }
}

void SignsOfLife::watch(const std::stop_token& stop) {
    std::condition_variable_any ended;
    std::mutex mutex;
    while (!stop.stop_requested()) {
        try {
            beat();
        } catch (const std::exception&) {
            const std::lock_guard lock(mutex_);
            if (!lost_) lost_ = "rank 0 (" + me_.address + ") cannot be reached";
        }
        if (lost()) return;
        std::unique_lock lock(mutex);
        ended.wait_for(lock, stop, pause_, [] { return false; });
    }
}

}  // namespace rest::distributed
