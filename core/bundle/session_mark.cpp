// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/session_mark.h"

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace rest::bundle {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kLargestMark = 1 << 16;

struct ReadMark {
    ProcessIdentity process;
    EndedSession session;
};

std::string now() {
    const std::time_t seconds = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

json to_json(const ProcessIdentity& process, const std::string& program, const SessionState& state) {
    return {{"pid", process.pid},
            {"start_ticks", process.start_ticks},
            {"boot", process.boot},
            {"machine", process.machine},
            {"program", program},
            {"written", now()},
            {"page", state.page},
            {"window", state.window},
            {"project", state.project.string()}};
}

/// Empty for a file that is not a mark. Throws Error if it cannot be read.
std::optional<ReadMark> read_mark(const fs::path& file) {
    const auto text = read_file(file, kLargestMark);
    try {
        const auto mark = json::parse(text);
        ReadMark read;
        read.process = {mark.at("pid"), mark.at("start_ticks"), mark.at("boot"), mark.at("machine")};
        read.session = {file, mark.at("program"), mark.at("written"), {}};
        read.session.state = {mark.at("project").get<std::string>(), mark.at("page"), mark.at("window")};
        return read;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

/// The session that the mark describes, if it is one of `program` that has ended.
std::optional<EndedSession> ended(const fs::path& file, const std::string& program) {
    try {
        const auto mark = read_mark(file);
        if (mark) {
            const bool over = mark->session.program == program && is_alive(mark->process) == std::optional(false);
            return over ? std::optional(mark->session) : std::nullopt;
        }
        spdlog::warn("{} is no mark of a session and is removed", file.string());
        fs::remove(file);
    } catch (const std::exception& e) {
        spdlog::warn("The mark of a session is passed over: {}", e.what());
    }
    return std::nullopt;
}

}  // namespace

fs::path sessions_dir() {
    return state_dir() / "sessions";
}

SessionMark::SessionMark(std::string program, fs::path folder)
    : program_(std::move(program)), folder_(std::move(folder)), process_(this_process()) {
    file_ = folder_ / (std::to_string(process_.pid) + "-" + std::to_string(process_.start_ticks) + ".json");
}

SessionMark::~SessionMark() {
    remove();
}

void SessionMark::put(const SessionState& state) {
    if (there_ && state == written_) return;
    std::error_code error;
    fs::create_directories(folder_, error);  // an error here shows up when the file is written
    // A path is arbitrary bytes: invalid UTF-8 could not be opened again, and must not prevent the mark from being
    // written.
    write_file_atomically(file_,
                          to_json(process_, program_, state).dump(1, ' ', false, json::error_handler_t::replace));
    written_ = state;
    there_ = true;
}

void SessionMark::remove() noexcept {
    std::error_code ignored;
    if (there_) fs::remove(file_, ignored);
    there_ = false;
}

std::vector<EndedSession> unexpected_ends(const std::string& program, const fs::path& folder) {
    std::vector<EndedSession> found;
    std::error_code error;
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        if (at->path().extension() != ".json") continue;
        if (auto session = ended(at->path(), program)) found.push_back(std::move(*session));
    }
    std::ranges::sort(found, std::ranges::greater(), &EndedSession::written);
    return found;
}

void forget(const EndedSession& session) noexcept {
    std::error_code ignored;
    fs::remove(session.mark, ignored);
}

}  // namespace rest::bundle
