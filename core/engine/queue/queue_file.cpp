// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/queue/queue_file.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kLargestFile = size_t{16} << 20;
constexpr int kFormat = 1;

/// A name that is unique among all windows ever opened on this machine.
std::string own_name() {
    static int made = 0;
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    return fmt::format("{}-{}-{}.json", now, ::getpid(), ++made);
}

fs::path lock_of(const fs::path& file) {
    return fs::path(file).replace_extension(".lock");
}

json to_json(const JobOrder& order) {
    json entry = {{"kind", order.kind}, {"project", order.project.string()}, {"title", order.title},
                  {"name", order.name}, {"settings", order.settings},        {"run", order.run}};
    if (order.models) entry["models"] = {{"captioner", order.models->captioner}, {"clip", order.models->clip}};
    if (!order.asked.empty()) entry["asked"] = order.asked;
    if (!order.changed_clips.empty()) entry["changed_clips"] = order.changed_clips;
    return entry;
}

JobOrder to_order(const json& entry) {
    JobOrder order{.kind = entry.at("kind"),
                   .project = entry.at("project").get<std::string>(),
                   .title = entry.at("title"),
                   .name = entry.at("name"),
                   .settings = entry.at("settings"),
                   .run = entry.at("run")};
    if (entry.contains("models")) {
        const auto& models = entry["models"];
        order.models = store::ProjectModels{.captioner = models.at("captioner"), .clip = models.at("clip")};
    }
    if (entry.contains("asked")) entry["asked"].get_to(order.asked);
    if (entry.contains("changed_clips")) entry["changed_clips"].get_to(order.changed_clips);
    return order;
}

/// Empty for a file that is not a queue we wrote.
std::optional<LeftQueue> read_queue(const fs::path& file) {
    const auto document = parse_json(read_file(file, kLargestFile));
    if (!document) return std::nullopt;
    try {
        if (document->at("format") != kFormat) return std::nullopt;
        LeftQueue left{file, {}};
        for (const auto& entry : document->at("jobs")) left.orders.push_back(to_order(entry));
        return left;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

/// Whether its window is still alive.
bool is_held(const fs::path& file) {
    try {
        const store::ProjectLock free(lock_of(file));
        return false;
    } catch (const Error& e) {
        return e.code() == ErrorCode::busy;
    }
}

}  // namespace

fs::path queue_dir() {
    return state_dir() / "queue";
}

QueueFile::QueueFile(fs::path folder) : folder_(std::move(folder)), file_(folder_ / own_name()) {}

void QueueFile::put(std::span<const JobOrder> orders) {
    if (std::ranges::equal(orders, written_)) return;
    if (orders.empty()) {
        std::error_code ignored;
        fs::remove(file_, ignored);
        fs::remove(lock_of(file_), ignored);
        lock_.reset();
        written_.clear();
        return;
    }
    std::error_code error;
    fs::create_directories(folder_, error);  // an error here shows up when the lock is created
    if (!lock_) lock_ = std::make_unique<store::ProjectLock>(lock_of(file_));
    json document = {{"format", kFormat}, {"jobs", json::array()}};
    for (const auto& order : orders) document["jobs"].push_back(to_json(order));
    write_file_atomically(file_, document.dump(1, ' ', false, json::error_handler_t::replace));
    written_.assign(orders.begin(), orders.end());
}

std::vector<LeftQueue> left_queues(const fs::path& folder) {
    std::vector<LeftQueue> found;
    std::error_code error;
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        const fs::path file = at->path();
        if (file.extension() != ".json" || is_held(file)) continue;
        try {
            if (auto left = read_queue(file))
                found.push_back(std::move(*left));
            else
                spdlog::warn("{} is no queue of this version and is passed over", file.string());
        } catch (const Error& e) {
            spdlog::warn("A queue is passed over: {}", e.what());
        }
    }
    std::ranges::sort(found, {}, &LeftQueue::file);
    return found;
}

store::RunRef run_of(const JobOrder& order) {
    if (order.run == 0) return {};
    std::error_code error;
    const auto identity = fs::canonical(order.project, error);
    return {error ? order.project : identity, order.run};
}

void forget(const LeftQueue& left) noexcept {
    std::error_code ignored;
    fs::remove(left.file, ignored);
    fs::remove(lock_of(left.file), ignored);
}

}  // namespace rest::engine
