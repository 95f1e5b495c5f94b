// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/train_order.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace rest::engine {
namespace {

constexpr const char* kKind = "train";

Error from_newer(const std::string& what) {
    return Error(ErrorCode::unsupported, what, "A newer version of REST Studio has queued it: start it there.");
}

std::string word_of(ChangedClips choice) {
    return std::ranges::find(changed_clips_words(), choice, [](const auto& entry) { return entry.second; })->first;
}

ChangedClips choice_called(const JobOrder& order) {
    const auto found = changed_clips_words().find(order.changed_clips);
    if (found != changed_clips_words().end()) return found->second;
    throw from_newer(
        fmt::format("\"{}\" was queued with changed-clips = {}, which is unknown", order.title, order.changed_clips));
}

}  // namespace

JobOrder order_of(const TrainParams& params, const std::string& title) {
    JobOrder order{.kind = kKind,
                   .project = std::filesystem::absolute(params.project),
                   .title = title,
                   .name = params.name,
                   .settings = params.resume ? std::string() : to_json(params.settings),
                   .run = params.resume.value_or(0),
                   .models = params.models};
    for (const auto& [name, value] : params.asked) order.asked.emplace_back(name, value);
    if (params.changed_clips != TrainParams().changed_clips) order.changed_clips = word_of(params.changed_clips);
    return order;
}

TrainParams params_of(const JobOrder& order) {
    if (order.kind != kKind)
        throw from_newer(fmt::format("\"{}\" is a job of an unknown kind ({})", order.title, order.kind));
    TrainParams params{.project = order.project, .name = order.name, .models = order.models};
    for (const auto& [name, value] : order.asked) params.asked.push_back({name, value});
    if (!order.changed_clips.empty()) params.changed_clips = choice_called(order);
    if (order.run != 0)
        params.resume = order.run;
    else
        params.settings = settings_from_json(order.settings);
    return params;
}

}  // namespace rest::engine
