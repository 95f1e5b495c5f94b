// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/crew.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/leaving.h"
#include "core/distributed/membership.h"
#include "core/distributed/stopping.h"

namespace rest::engine {

/// Of one of several processes.
class Crew::MemberContext final : public JobContext {
  public:
    MemberContext(Crew& crew, TaskControl& control) : JobContext(control), crew_(crew) {}

    JobId id() const override { return crew_.context_.id(); }
    void emit(const Event& event) override {
        if (crew_.owns_project()) crew_.context_.emit(event);
    }

  private:
    void on_progress(const Progress& progress) override { emit(JobProgress{id(), progress}); }
    void on_log(LogLevel level, const std::string& text) override {
        if (crew_.owns_project()) return crew_.context_.log(level, text);
        if (level != LogLevel::info) crew_.context_.log(level, fmt::format("Rank {}: {}", crew_.group_.rank(), text));
    }

    Crew& crew_;
};

Crew::Crew(distributed::Group& group, store::Project* project, JobContext& context)
    : group_(group), project_(project), context_(context) {
    if (size() > 1) member_ = std::make_unique<MemberContext>(*this, never_);
}

Crew::~Crew() = default;

JobContext& Crew::context() {
    return member_ ? *member_ : context_;
}

void Crew::keep(const std::function<void(store::Project&)>& write) const {
    if (owns_project()) write(*project_);
}

void Crew::alone(const std::function<void(store::Project&, JobContext&)>& work) {
    if (size() == 1) return work(*project_, context_);
    try {
        if (owns_project()) work(*project_, context_);
    } catch (const Cancelled&) {
        // The others are told so below.
    }
    meet();
}

torch::Tensor Crew::owners_tensor(const torch::Tensor& mine) const {
    if (size() == 1) return mine;
    struct Shape {
        int type = 0;
        std::vector<int64_t> sizes;
    } shape;
    if (owns_project()) shape = {static_cast<int>(mine.scalar_type()), mine.sizes().vec()};
    const auto told = nlohmann::json::from_msgpack(
        group_.broadcast(messages::packed(nlohmann::json{{"type", shape.type}, {"sizes", shape.sizes}})));
    auto all = owns_project() ? mine.contiguous()
                              : torch::empty(told.at("sizes").get<std::vector<int64_t>>(),
                                             static_cast<torch::ScalarType>(told.at("type").get<int>()));
    if (all.numel() > 0) group_.broadcast(all);
    return all;
}

Turns Crew::turns(std::function<void()> exchange) {
    return {.rank = group_.rank(), .size = size(), .after_round = [this, exchange = std::move(exchange)] {
                if (exchange) exchange();
                meet();
            }};
}

distributed::Share Crew::share(int64_t count) const {
    return distributed::share_of(count, group_.rank(), size());
}

void Crew::add_up(const torch::Tensor& rows) const {
    if (rows.numel() > 0) group_.sum(rows)->wait();
}

int64_t Crew::largest(int64_t of) const {
    return size() == 1 ? of : group_.gather_rows(torch::tensor({of})).max().item<int64_t>();
}

distributed::Stop Crew::stop_asked() {
    try {
        context_.check();
    } catch (const Cancelled&) {
        return asked_to_leave() ? distributed::Stop::leave : distributed::Stop::cancel;
    }
    return distributed::Stop::no;
}

void Crew::meet() {
    if (size() > 1) distributed::stop_together(group_, stop_asked());
}

void Crew::refuse_problems(const std::string& problem) const {
    if (size() == 1 && problem.empty()) return;
    std::string all;
    const auto mine =
        problem.empty() ? problem : fmt::format("Rank {} ({}): {}", group_.rank(), distributed::host_name(), problem);
    for (const auto& text : group_.gather(mine)) {
        if (!text.empty()) all += (all.empty() ? "" : "\n") + text;
    }
    if (all.empty()) return;
    throw Error(ErrorCode::invalid_argument, all,
                "Start every process with the same program, settings and files, on machines alike.");
}

}  // namespace rest::engine
