// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/store/project_impl.h"

namespace rest::store {
namespace {

const std::string kRun = "SELECT id, name, created, settings, status, message, epoch, step, kind FROM runs ";

RunRecord read_run(const Project::Impl& impl, const Query& query) {
    RunRecord r;
    r.id = query.integer(0);
    r.name = query.text(1);
    r.created = query.text(2);
    r.settings_json = query.text(3);
    r.status = impl.enum_value(query.number(4), RunStatus::failed);
    r.message = query.text(5);
    r.epoch = query.number(6);
    r.step = query.number(7);
    r.kind = impl.enum_value(query.number(8), RunKind::blip_retrieval);
    return r;
}

}  // namespace

void Project::Impl::no_such_run(RunId run) const {
    throw Error(ErrorCode::not_found, "The project " + folder.string() + " has no run " + std::to_string(run),
                "Choose one of its runs.");
}

RunId Project::add_run(const std::string& name, const std::string& settings_json, RunKind kind) {
    RunId id = 0;
    impl_->write([&] {
        auto query = impl_->db.query(
            "INSERT INTO runs (name, created, settings, status, kind) "
            "VALUES (?1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?2, ?3, ?4) RETURNING id");
        query.with(name, settings_json, static_cast<int>(RunStatus::prepared), static_cast<int>(kind)).next();
        id = query.integer(0);
    });
    return id;
}

void Project::set_run_status(RunId run, RunStatus status, const std::string& message) {
    impl_->write([&] {
        auto query = impl_->db.query("UPDATE runs SET status = ?2, message = ?3 WHERE id = ?1");
        if (query.with(run, static_cast<int>(status), message).run() == 0) impl_->no_such_run(run);
    });
}

void Project::set_run_epoch(RunId run, int epoch) {
    impl_->write([&] {
        if (impl_->db.query("UPDATE runs SET epoch = ?2 WHERE id = ?1").with(run, epoch).run() == 0)
            impl_->no_such_run(run);
    });
}

std::vector<RunRecord> Project::runs() const {
    return impl_->db.run([&] {
        std::vector<RunRecord> found;
        auto query = impl_->db.query(kRun + "ORDER BY id");
        while (query.next()) found.push_back(read_run(*impl_, query));
        return found;
    });
}

std::optional<RunRecord> Project::run(RunId id) const {
    return impl_->db.run([&]() -> std::optional<RunRecord> {
        auto query = impl_->db.query(kRun + "WHERE id = ?1");
        if (!query.with(id).next()) return std::nullopt;
        return read_run(*impl_, query);
    });
}

std::optional<RunRecord> Project::latest_run(RunKind kind) const {
    std::optional<RunRecord> found;
    for (auto& run : runs()) {
        if (run.kind == kind) found = std::move(run);
    }
    return found;
}

RunRecord Project::trained_run(std::optional<RunId> asked) const {
    auto found = asked ? run(*asked) : latest_run();
    if (found && found->kind == RunKind::training) return *std::move(found);
    throw Error(
        ErrorCode::not_found,
        "The project " + folder().string() + " has no trained run" + (asked ? " " + std::to_string(*asked) : ""),
        asked ? "Choose one of its runs." : "Train first: rest train " + shell_word(folder().string()));
}

int Project::last_step(RunId id) const {
    const auto found = run(id);
    return found ? found->step : -1;
}

}  // namespace rest::store
