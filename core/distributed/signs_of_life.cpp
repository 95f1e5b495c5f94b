// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distributed/signs_of_life.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace rest::distributed {
namespace {

using namespace std::chrono_literals;

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("?");
}

std::vector<uint8_t> bytes(const std::string& text) {
    return {text.begin(), text.end()};
}

std::string text(const std::vector<uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

SignsOfLife::SignsOfLife(const Membership& membership, const std::string& prefix, std::chrono::milliseconds lost_after)
    : me_(membership), prefix_(prefix), lost_after_(lost_after), last_change_(std::chrono::steady_clock::now()) {
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
        if (!lost()) tell(me_.rank, reason);
    } catch (const std::exception&) {
        // The others will notice that its signs of life stop.
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
        const std::lock_guard lock(mutex_);
        lost_ = failure;
        return;
    }
    const int next = (me_.rank + 1) % me_.size;
    const int64_t now = count("alive/" + std::to_string(next), 0);
    if (now != last_count_) {
        last_count_ = now;
        last_change_ = std::chrono::steady_clock::now();
    } else if (std::chrono::steady_clock::now() - last_change_ > lost_after_ &&
               count("left/" + std::to_string(next), 0) == 0) {
        tell(next, fmt::format("gave no sign of life for {:.0f} seconds",
                               std::chrono::duration<double>(lost_after_).count()));
    }
}

void SignsOfLife::watch(const std::stop_token& stop) {
    const auto pause = std::clamp<std::chrono::milliseconds>(lost_after_ / 15, 10ms, 2000ms);
    std::condition_variable_any ended;
    std::mutex mutex;
    while (!stop.stop_requested()) {
        try {
            beat();
        } catch (const std::exception&) {
            const std::lock_guard lock(mutex_);
            lost_ = me_.store_is_kept_elsewhere ? "the launcher that keeps the store cannot be reached"
                                                : "rank 0 (" + me_.address + ") cannot be reached";
        }
        if (lost()) return;
        std::unique_lock lock(mutex);
        ended.wait_for(lock, stop, pause, [] { return false; });
    }
}

}  // namespace rest::distributed
