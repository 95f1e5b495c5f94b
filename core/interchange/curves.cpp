// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/interchange/event_file.h"
#include "core/interchange/exporters.h"
#include "core/interchange/plain_file.h"

namespace rest::interchange {
namespace {

struct Curve {
    const char* name;  // in the project
    const char* tag;   // in TensorBoard, whose cards are grouped by what stands before the slash
};
constexpr Curve kCurves[] = {{"loss", "train/loss"},
                             {"learning_rate", "train/learning_rate"},
                             {"clips_per_second", "train/clips_per_second"},
                             {"clip_tam_top1", "clip_tam/top1"},
                             {"clip_tam_top5", "clip_tam/top5"},
                             {"clip_tam_clips_per_second", "clip_tam/clips_per_second"}};

/// When the run was made, in seconds since 1970: the store does not keep when each point was. 0 for a damaged date.
double made_at(const std::string& iso8601) {
    std::tm time{};
    if (strptime(iso8601.c_str(), "%Y-%m-%dT%H:%M:%S", &time) == nullptr) return 0;
    return static_cast<double>(timegm(&time));
}

/// The frozen settings as a Markdown table.
std::string settings_table(const std::string& json) {
    const auto settings = nlohmann::ordered_json::parse(json, nullptr, false);
    if (!settings.is_object()) return "";
    std::string text = "| setting | value |\n|---|---|\n";
    for (const auto& [name, value] : settings.items())
        text += fmt::format("| {} | {} |\n", name,
                            value.is_string() ? value.get<std::string>()
                                              : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return text;
}

}  // namespace

int64_t write_curves(const RunSource& source, const std::filesystem::path& folder, Task& task) {
    const double time = made_at(source.run.created);
    EventFile events(time);
    if (const auto table = settings_table(source.run.settings_json); !table.empty()) events.add_text("settings", table);
    task.begin("Exporting curves", "curves", std::ssize(kCurves));
    int64_t points = 0, done = 0;
    for (const auto& curve : kCurves) {
        task.check();
        for (const auto& point : source.project.metrics(source.run.id, curve.name)) {
            events.add_scalar(curve.tag, point.position, point.value);
            ++points;
        }
        task.advance(++done);
    }
    // TensorBoard knows event files by this word in their name.
    write_plain_file(
        folder / fmt::format("run_{}", source.run.id) / fmt::format("events.out.tfevents.{:.0f}.rest-studio", time),
        events.bytes());
    return points;
}

}  // namespace rest::interchange
