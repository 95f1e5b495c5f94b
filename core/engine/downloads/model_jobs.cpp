// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/downloads/model_jobs.h"

#include <fmt/format.h>

#include "core/models/check_files.h"

namespace rest::engine {
namespace {

/// Throws if the doctor finds the model unusable.
void require_ready(const checkpoint::CheckpointReport& report, const std::string& name) {
    if (report.ready) return;
    std::string advice;
    for (const auto& line : report.advice) advice += (advice.empty() ? "" : "\n") + line;
    const std::string why = !report.error.empty()                ? report.error
                            : !report.vocabulary_lacking.empty() ? "its vocabulary is not there"
                            : !report.missing.empty() ? "tensors are missing, " + report.missing.front() + " for one"
                                                      : report.description;
    throw Error(ErrorCode::damaged, "The model " + name + " cannot be used: " + why, advice);
}

std::string plan_text(const models::DownloadPlan& plan) {
    constexpr double kMega = 1e6;
    return fmt::format(
        "{} from {} at {}: {:.1f} MB{}, licence {}{}, into {}", plan.name, plan.repo, plan.commit.substr(0, 12),
        static_cast<double>(plan.bytes) / kMega,
        plan.arrived > 0 ? fmt::format(" ({:.1f} MB are here)", static_cast<double>(plan.arrived) / kMega) : "",
        plan.licence.empty() ? "as its page says" : plan.licence,
        plan.hub_licence.empty() ? "" : " (the hub's page: " + plan.hub_licence + ")", plan.folder.string());
}

models::ModelUse use_of(const checkpoint::CheckpointReport& report) {
    if (report.kind == "clip") return models::ModelUse::clip;
    if (report.kind == "blip_retrieval") return models::ModelUse::matching;
    return models::ModelUse::captioner;
}

class DownloadJob final : public Job {
  public:
    DownloadJob(models::GetRequest request, std::function<void(const DownloadResult&)> done)
        : request_(std::move(request)), done_(std::move(done)) {}

    std::string title() const override { return "Get the model " + request_.entry.name; }

    std::string run(JobContext& context) override {
        auto request = request_;
        request.before = [&](const models::DownloadPlan& plan) {
            context.log(LogLevel::info, plan_text(plan));
            if (request_.before) request_.before(plan);
        };
        DownloadResult result{.got = models::get_model(request, context)};
        context.begin("Examining " + request_.entry.name, "", 0);
        result.report = checkpoint::examine_checkpoint(result.got.folder);
        if (done_) done_(result);
        require_ready(result.report, request_.entry.name);
        const auto where = result.got.folder.string();
        switch (result.got.outcome) {
            case models::GetOutcome::was_here:
                return fmt::format("{} is here already: {}", request_.entry.name, where);
            case models::GetOutcome::in_hub_cache:
                return fmt::format("{} is in the hub's cache and used there: {}", request_.entry.name, where);
            case models::GetOutcome::fetched:
                break;
        }
        return fmt::format("Got {}: {}", request_.entry.name, where);
    }

  private:
    models::GetRequest request_;
    std::function<void(const DownloadResult&)> done_;
};

class ModelCheckJob final : public Job {
  public:
    ModelCheckJob(ModelCheckParams params, std::function<void(const ModelVerdict&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return "Check the model " + params_.name; }

    std::string run(JobContext& context) override {
        const auto info = models::find_model(params_.catalogue, params_.places, params_.name);
        if (!info || info->folder.empty()) {
            throw Error(ErrorCode::not_found, "The model " + params_.name + " is not on this machine",
                        "Get it on the page Models, or with `rest models get`.");
        }
        ModelVerdict verdict{.info = *info};
        auto files = models::check_files(*info, context);
        verdict.problems = std::move(files.problems);
        verdict.without_digest = std::move(files.without_digest);
        if (verdict.problems.empty()) {
            context.begin("Examining " + info->name, "", 0);
            verdict.report = checkpoint::examine_checkpoint(info->folder);
        }
        if (done_) done_(verdict);
        if (!verdict.problems.empty()) {
            const auto& first = verdict.problems.front();
            throw Error(ErrorCode::damaged, "The model " + info->name + " is not whole: " + first.message,
                        first.remedy);
        }
        require_ready(verdict.report, info->name);
        const bool compared = !info->files.empty() && verdict.without_digest.empty();
        return fmt::format("{} is whole{}: {}", info->name, compared ? ", every byte as the hub has it" : "",
                           verdict.report.description);
    }

  private:
    ModelCheckParams params_;
    std::function<void(const ModelVerdict&)> done_;
};

}  // namespace

std::unique_ptr<Job> make_download_job(models::GetRequest request, std::function<void(const DownloadResult&)> done) {
    return std::make_unique<DownloadJob>(std::move(request), std::move(done));
}

std::unique_ptr<Job> make_model_check_job(ModelCheckParams params, std::function<void(const ModelVerdict&)> done) {
    return std::make_unique<ModelCheckJob>(std::move(params), std::move(done));
}

std::string add_examined_model(const models::ModelPlaces& places, const std::filesystem::path& folder,
                               std::string name) {
    const auto report = checkpoint::examine_checkpoint(folder);
    require_ready(report, folder.string());
    if (name.empty()) name = std::filesystem::weakly_canonical(folder).filename().string();
    models::add_model(places, name, folder, use_of(report));
    return name;
}

}  // namespace rest::engine
