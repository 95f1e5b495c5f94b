// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/train_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace rest::engine {
namespace {

using nlohmann::json;

constexpr const char* kKind = "train";

Error from_newer(const std::string& what) {
    return Error(ErrorCode::unsupported, what, "A newer version of REST Studio has queued it: start it there.");
}

std::string word_of(ChangedClips choice) {
    return std::ranges::find(changed_clips_words(), choice, [](const auto& entry) { return entry.second; })->first;
}

ChangedClips choice_called(const std::string& word, const std::string& title) {
    const auto found = changed_clips_words().find(word);
    if (found != changed_clips_words().end()) return found->second;
    throw from_newer(fmt::format("\"{}\" was queued with changed-clips = {}, which is unknown", title, word));
}

json to_json(const TrainParams& params) {
    json out = {{"name", params.name}};
    if (!params.resume) out["settings"] = to_json(params.settings);
    if (params.models) out["models"] = {{"captioner", params.models->captioner}, {"clip", params.models->clip}};
    for (const auto& [name, value] : params.asked) out["asked"].push_back({name, value});
    if (params.changed_clips != TrainParams().changed_clips) out["changed_clips"] = word_of(params.changed_clips);
    return out;
}

void take(const json& from, TrainParams& params, const std::string& title) {
    params.name = from.at("name").get<std::string>();
    if (!params.resume) params.settings = settings_from_json(from.at("settings").get<std::string>());
    if (const auto models = from.find("models"); models != from.end())
        params.models = store::ProjectModels{.captioner = models->at("captioner"), .clip = models->at("clip")};
    for (const auto& asked : from.value("asked", json::array()))
        params.asked.push_back({asked.at(0).get<std::string>(), asked.at(1).get<std::string>()});
    if (const auto choice = from.find("changed_clips"); choice != from.end())
        params.changed_clips = choice_called(choice->get<std::string>(), title);
}

}  // namespace

JobOrder order_of(const TrainParams& params, const std::string& title) {
    return {.kind = kKind,
            .project = std::filesystem::absolute(params.project),
            .title = title,
            .run = params.resume.value_or(0),
            .parameters = to_json(params).dump(-1, ' ', false, json::error_handler_t::replace)};
}

TrainParams params_of(const JobOrder& order) {
    if (order.kind != kKind)
        throw from_newer(fmt::format("\"{}\" is a job of an unknown kind ({})", order.title, order.kind));
    TrainParams params{.project = order.project};
    if (order.run != 0) params.resume = order.run;
    try {
        take(json::parse(order.parameters), params, order.title);
    } catch (const json::exception& e) {
        throw Error(ErrorCode::damaged,
                    fmt::format("What \"{}\" was queued with cannot be read: {}", order.title, e.what()),
                    "Start it from the page Train.");
    }
    return params;
}

}  // namespace rest::engine
