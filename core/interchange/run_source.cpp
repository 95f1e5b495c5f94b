// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/run_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace rest::interchange {

std::string RunSource::class_name(int label) const {
    return label >= 0 && static_cast<size_t>(label) < classes.size() ? classes[static_cast<size_t>(label)] : "";
}

const store::VideoRecord* RunSource::video(store::VideoId id) const {
    const auto found = place.find(id);
    return found == place.end() ? nullptr : &videos[found->second];
}

std::string RunSource::title() const {
    return fmt::format("{}, run {}{}", project.folder().stem().string(), run.id,
                       run.step >= 0 ? fmt::format(", step {}", run.step) : "");
}

RunSource open_run(const std::filesystem::path& project, std::optional<store::RunId> run) {
    auto opened = store::Project::open(project, store::OpenMode::read_only);
    store::RunRecord record;
    if (run) {
        auto found = opened.run(*run);
        if (!found)
            throw Error(ErrorCode::not_found,
                        fmt::format("The project {} has no run {}", opened.folder().string(), *run),
                        "Choose one of its runs.");
        record = std::move(*found);
    } else {
        record = opened.trained_run();
    }
    RunSource source{.project = std::move(opened), .run = std::move(record), .classes = {}, .videos = {}, .place = {}};
    source.classes = source.project.classes();
    source.videos = source.project.videos();
    for (size_t i = 0; i < source.videos.size(); ++i) source.place.emplace(source.videos[i].id, i);
    return source;
}

std::optional<MeasuredEpoch> any_measured_epoch(const RunSource& source, std::optional<int> epoch) {
    const auto epochs = source.project.prediction_epochs(source.run.id);
    if (epoch && std::ranges::find(epochs, *epoch) == epochs.end())
        throw Error(ErrorCode::not_found, fmt::format("Run {} was not measured at epoch {}", source.run.id, *epoch),
                    epochs.empty() ? "Evaluate it first." : fmt::format("Measured: {}.", fmt::join(epochs, ", ")));
    if (epochs.empty()) return std::nullopt;
    const int chosen = epoch.value_or(*std::ranges::max_element(epochs));
    return MeasuredEpoch{.epoch = chosen, .predictions = source.project.predictions(source.run.id, chosen)};
}

MeasuredEpoch measured_epoch(const RunSource& source, std::optional<int> epoch) {
    auto found = any_measured_epoch(source, epoch);
    if (!found)
        throw Error(ErrorCode::not_found, fmt::format("Run {} was not measured", source.run.id),
                    "Evaluate it first; labelled val videos are needed.");
    return std::move(*found);
}

}  // namespace rest::interchange
