// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/protocol_data.h"

#include <fmt/format.h>

#include <map>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/engine/imports/import_job.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

const char* folder_name(evaluation::ProtocolData data) {
    switch (data) {
        case evaluation::ProtocolData::kinetics400:
            return "kinetics400";
        case evaluation::ProtocolData::kinetics220:
            return "kinetics220";
        case evaluation::ProtocolData::ucf101:
            return "ucf101";
        case evaluation::ProtocolData::hmdb51:
            return "hmdb51";
        case evaluation::ProtocolData::project:
            break;
    }
    return "";
}

}  // namespace

ProtocolData::ProtocolData(const ProtocolParams& params, evaluation::Protocol protocol, fs::path folder)
    : params_(params), protocol_(std::move(protocol)), folder_(std::move(folder)) {}

ProtocolData ProtocolData::prepare(const ProtocolParams& params, const evaluation::Protocol& protocol,
                                   JobContext& context) {
    if (protocol.data == evaluation::ProtocolData::project) return {params, protocol, params.project};
    if (params.data.empty())
        throw Error(ErrorCode::invalid_argument, params.protocol + " needs a folder of clips", protocol.needs);
    const auto measured = store::Project::open(params.project, store::OpenMode::read_only);
    const auto folder = params.project / "protocols" / (std::string(folder_name(protocol.data)) + ".rest");
    if (!store::Project::is_project(folder)) {
        make_folder(folder.parent_path());
        store::Project::create(folder, measured.models()).set_kind(measured.kind());
    }
    store::Project::open(folder).set_models(measured.models());
    make_import_job({folder, params.data, dataset::Layout::automatic})->run(context);
    return {params, protocol, folder};
}

store::Project ProtocolData::open() const {
    return store::Project::open(folder_, store::OpenMode::read_only);
}

evaluation::ProtocolPlan ProtocolData::plan() const {
    const auto project = open();
    evaluation::PlanSettings plan;
    plan.lists = params_.lists;
    plan.seed = params_.seed;
    plan.classes = project.classes();
    std::vector<evaluation::ProtocolClip> clips;
    for (const auto& video : project.videos()) {
        if (!video.problem.empty()) continue;
        clips.push_back({video.name, video.split, video.label < 0 ? std::string() : plan.classes.at(video.label)});
    }
    return evaluation::plan_protocol(protocol_, clips, plan);
}

std::string ProtocolData::write_list(const std::string& what, const std::vector<evaluation::PlannedClip>& clips) const {
    const auto folder = folder_ / "lists";
    make_folder(folder);
    const auto file = folder / fmt::format("{}, {}, seed {}.txt", params_.protocol, what, params_.seed);
    std::string names;
    for (const auto& clip : clips) names += clip.name + "\n";
    write_file_atomically(file, names);
    return file.string();
}

EvaluationClips ProtocolData::clips_of(const evaluation::ProtocolPart& part) const {
    std::map<std::string, int> labels;
    for (const auto& clip : part.test) labels.emplace(clip.name, clip.label);
    EvaluationClips on;
    on.classes = part.classes;
    for (auto& video : open().videos()) {
        const auto label = labels.find(video.name);
        if (label == labels.end()) continue;
        video.label = label->second;
        on.videos.push_back(std::move(video));
    }
    return on;
}

}  // namespace rest::engine
