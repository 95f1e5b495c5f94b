// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/queue/queue_file.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/base/json_text.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/store/project_identity.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kLargestFile = size_t{16} << 20;
constexpr int kFormat = 1;
constexpr const char* kWhat = "The queue ";  // begins what is said of a lock

/// A name that is unique among all windows ever opened on this machine.
std::string own_name() {
    static int made = 0;
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    return fmt::format("{}-{}-{}.json", now, ::getpid(), ++made);
}

fs::path lock_of(const fs::path& file) {
    return fs::path(file).replace_extension(".lock");
}

/// The parameters, with the members that every job has.
json to_json(const JobOrder& order) {
    auto entry = json::parse(order.parameters);
    entry["kind"] = order.kind;
    entry["project"] = order.project.string();
    entry["title"] = order.title;
    entry["run"] = order.run;
    return entry;
}

JobOrder to_order(json entry) {
    JobOrder order{.kind = entry.at("kind"),
                   .project = entry.at("project").get<std::string>(),
                   .title = entry.at("title"),
                   .run = entry.at("run")};
    for (const char* name : {"kind", "project", "title", "run"}) entry.erase(name);
    order.parameters = entry.dump();
    return order;
}

/// Empty for a file that is not a queue we wrote.
std::optional<std::vector<JobOrder>> read_orders(const fs::path& file) {
    const auto document = parse_json(read_file(file, kLargestFile));
    if (!document) return std::nullopt;
    try {
        if (document->at("format") != kFormat) return std::nullopt;
        std::vector<JobOrder> orders;
        for (const auto& entry : document->at("jobs")) orders.push_back(to_order(entry));
        return orders;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

void write_orders(const fs::path& file, std::span<const JobOrder> orders) {
    json document = {{"format", kFormat}, {"jobs", json::array()}};
    for (const auto& order : orders) document["jobs"].push_back(to_json(order));
    write_file_atomically(file, document.dump(1, ' ', false, json::error_handler_t::replace));
}

/// Removes the lock last: whoever acquires it then finds no queue.
void remove_queue(const fs::path& file) {
    std::error_code error;
    if (!fs::remove(file, error) && error) throw file_error("Cannot delete", file, error.value());
    fs::remove(lock_of(file), error);
}

/// Empty if another window holds the queue, or the file is not a queue of this version.
std::optional<LeftQueue> take(const fs::path& file) {
    try {
        auto lock = std::make_shared<FileLock>(lock_of(file), kWhat + file.string());
        if (auto orders = read_orders(file)) return LeftQueue{file, std::move(*orders), std::move(lock)};
        spdlog::warn("{} is not a queue of this version and is skipped", file.string());
    } catch (const Error& e) {
        if (e.code() != ErrorCode::busy) spdlog::warn("A queue is passed over: {}", e.what());
    }
    return std::nullopt;
}

}  // namespace

fs::path queue_dir() {
    return state_dir() / "queue";
}

QueueFile::QueueFile(fs::path folder) : folder_(std::move(folder)), file_(folder_ / own_name()) {}

void QueueFile::put(std::span<const JobOrder> orders) {
    if (std::ranges::equal(orders, written_)) return;
    if (orders.empty()) {
        remove_queue(file_);
        lock_.reset();
        written_.clear();
        // Another process may have opened the lock before it was removed and lock that file later: a new name avoids
        // it.
        file_ = folder_ / own_name();
        return;
    }
    std::error_code error;
    fs::create_directories(folder_, error);  // an error here shows up when the lock is created
    if (!lock_) lock_ = std::make_unique<FileLock>(lock_of(file_), kWhat + file_.string());
    write_orders(file_, orders);
    written_.assign(orders.begin(), orders.end());
}

std::vector<LeftQueue> left_queues(const fs::path& folder) {
    std::vector<LeftQueue> found;
    std::error_code error;
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        if (at->path().extension() != ".json") continue;
        if (auto left = take(at->path())) found.push_back(std::move(*left));
    }
    std::ranges::sort(found, {}, &LeftQueue::file);
    return found;
}

store::RunRef run_of(const JobOrder& order) {
    if (order.run == 0) return {};
    return {store::project_identity(order.project), order.run};
}

void put_back(LeftQueue& left) {
    if (!left.orders.empty()) return write_orders(left.file, left.orders);
    remove_queue(left.file);
    left.lock.reset();
}

}  // namespace rest::engine
