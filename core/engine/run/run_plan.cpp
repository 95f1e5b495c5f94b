// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/run_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "core/base/file_stamp.h"
#include "core/base/strings.h"
#include "core/engine/run/messages.h"

namespace rest::engine {
namespace {

constexpr size_t kClipsNamed = 4;

RunPlan::LeftOut left_out(const std::vector<ClipChange>& changes) {
    RunPlan::LeftOut out;
    for (const auto& change : changes) out.emplace_back(change.index, change.why);
    return out;
}

/// Without what is the owner's alone.
std::string packed(const RunPlan& plan) {
    nlohmann::json json = {{"run", plan.run},
                           {"settings", to_json(plan.settings)},
                           {"models", plan.models},
                           {"checkpoints", plan.checkpoints.string()},
                           {"frames", plan.frames.string()},
                           {"train", plan.train},
                           {"left_out", plan.left_out},
                           {"left_out_by_agreement", plan.left_out_by_agreement},
                           {"bf16", plan.bf16}};
    if (plan.checkpoint) {
        json["state"] = plan.checkpoint->first;
        json["checkpoint"] = plan.checkpoint->second.string();
    }
    return messages::packed(json);
}

RunPlan unpacked(const std::string& text) {
    const auto json = nlohmann::json::from_msgpack(text);
    RunPlan plan;
    json.at("run").get_to(plan.run);
    plan.settings = settings_from_json(json.at("settings").get<std::string>());
    json.at("models").get_to(plan.models);
    plan.checkpoints = json.at("checkpoints").get<std::string>();
    plan.frames = json.at("frames").get<std::string>();
    json.at("train").get_to(plan.train);
    json.at("left_out").get_to(plan.left_out);
    json.at("left_out_by_agreement").get_to(plan.left_out_by_agreement);
    json.at("bf16").get_to(plan.bf16);
    if (json.contains("checkpoint"))
        plan.checkpoint = {json.at("state").get<RunState>(), json.at("checkpoint").get<std::string>()};
    return plan;
}

/// What must be the same everywhere beside the plan.
struct Means {
    std::string device;
    ModelIdentity captioner, clip;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Means, device, captioner, clip)

std::string device_words(const Machine& machine) {
    if (machine.device.is_cpu()) return "the CPU";
    return machine.bf16 ? "CUDA in bf16" : "CUDA in fp32";
}

/// Files that are not there or are not as long as the owner's. Times may differ: copies on a machine's own disk.
std::vector<std::string> other_clips(const RunPlan& plan) {
    std::set<int64_t> known;
    for (const auto& [index, why] : plan.left_out) known.insert(index);
    std::vector<std::string> out;
    for (int64_t i = 0; i < std::ssize(plan.train); ++i) {
        const auto& clip = plan.train[i];
        if (known.contains(i)) continue;
        const auto stamp = file_stamp(clip.path);
        if (!stamp || stamp->bytes != clip.file_bytes) out.push_back(clip.path);
    }
    return out;
}

std::string problem_of(const Means& mine, const Means& owners, const std::vector<std::string>& clips, size_t all) {
    std::vector<std::string> words;
    if (mine.device != owners.device)
        words.push_back(fmt::format("it computes on {}, rank 0 on {}", mine.device, owners.device));
    const auto compare = [&](const char* what, const ModelIdentity& a, const ModelIdentity& b) {
        if (!a.same_model(b))
            words.push_back(fmt::format("its {} is {}, rank 0's is {}", what, a.description(), b.description()));
    };
    compare("captioner", mine.captioner, owners.captioner);
    compare("CLIP", mine.clip, owners.clip);
    if (!clips.empty()) {
        words.push_back(fmt::format("of the {} train clips that rank 0 has, {} are not there or other files: {}", all,
                                    clips.size(), some_of(clips, kClipsNamed)));
    }
    return fmt::format("{}", fmt::join(words, "; "));
}

}  // namespace

RunPlan plan_of_run(store::Project& project, store::RunId run, const TrainSettings& settings, const TrainParams& params,
                    Machine& machine, Task& task) {
    RunPlan plan{.run = run, .settings = settings, .models = project.models()};
    plan.checkpoints = project.checkpoints_dir(run);
    plan.frames = project.frames_dir();
    auto clips = clips_of_run(project, run, settings, params, task);
    if (params.resume)
        plan.checkpoint = RunFiles(plan.checkpoints, settings.machine.keep_checkpoints).newest_intact(task);
    plan.identities = models_of_run(project, run, settings, plan.checkpoint.has_value(), machine, task);
    plan.bf16 = machine.bf16;
    plan.train = std::move(clips.start.train);
    plan.left_out = left_out(clips.changes.train);
    plan.left_out_by_agreement = params.changed_clips == ChangedClips::leave_out;
    plan.evaluation = std::move(clips.start.evaluation);
    plan.evaluation_left_out = left_out(clips.changes.evaluation);
    return plan;
}

RunPlan told_plan(const Crew& crew, RunPlan mine) {
    if (crew.size() == 1) return mine;
    const auto text = crew.owners<std::string>([&](store::Project&) { return packed(mine); });
    return crew.owns_project() ? std::move(mine) : unpacked(text);
}

void refuse_other_means(const Crew& crew, const RunPlan& plan, const MachinePart& part, Machine& machine) {
    if (crew.size() == 1) return;
    const auto& known = plan.identities;
    const Means mine{.device = device_words(machine),
                     .captioner = identify_model(plan.loaded(), plan.checkpoint ? ModelIdentity() : known.captioner),
                     .clip = identify_model(clip_folder(plan.models), known.clip)};
    const auto owners = crew.owners<Means>([&](store::Project&) { return mine; });
    const bool looks = !crew.owns_project() && part.local_rank == 0;
    crew.refuse_problems(
        problem_of(mine, owners, looks ? other_clips(plan) : std::vector<std::string>(), plan.train.size()));
    machine.memory = crew.smallest(machine.memory);
}

}  // namespace rest::engine
