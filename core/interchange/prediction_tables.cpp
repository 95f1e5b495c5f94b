// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/spreadsheet.h"
#include "core/interchange/exporters.h"

namespace rest::interchange {
namespace {

/// Calls row(video, prediction) for every prediction whose video the project still has.
template <class Row>
int64_t for_each_prediction(const RunSource& source, const MeasuredEpoch& epoch, Task& task, Row row) {
    task.begin("Exporting predictions", "videos", static_cast<int64_t>(epoch.predictions.size()));
    int64_t rows = 0, done = 0;
    for (const auto& prediction : epoch.predictions) {
        task.check();
        if (const auto* video = source.video(prediction.video)) {
            row(*video, prediction);
            ++rows;
        }
        task.advance(++done);
    }
    return rows;
}

}  // namespace

int64_t write_predictions_csv(const RunSource& source, const MeasuredEpoch& epoch, std::ostream& out, Task& task) {
    out << "run,epoch,video,split,class,caption,log_probability,predicted,rank\n";
    return for_each_prediction(source, epoch, task, [&](const auto& video, const auto& prediction) {
        out << fmt::format("{},{},{},{},{},{},{:.6f},{},{}\n", source.run.id, epoch.epoch, csv_text(video.name),
                           dataset::to_string(video.split), csv_text(source.class_of(video)),
                           csv_text(prediction.caption), prediction.score,
                           csv_text(source.class_name(prediction.predicted)),
                           prediction.rank < 0 ? "" : std::to_string(prediction.rank + 1));
    });
}

int64_t write_predictions_jsonl(const RunSource& source, const MeasuredEpoch& epoch, std::ostream& out, Task& task) {
    return for_each_prediction(source, epoch, task, [&](const auto& video, const auto& prediction) {
        nlohmann::ordered_json row = {{"run", source.run.id},
                                      {"epoch", epoch.epoch},
                                      {"video", video.name},
                                      {"split", dataset::to_string(video.split)},
                                      {"class", source.class_of(video)},
                                      {"caption", prediction.caption},
                                      {"log_probability", prediction.score},
                                      {"predicted", source.class_name(prediction.predicted)}};
        row["rank"] = prediction.rank < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(prediction.rank + 1);
        out << row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    });
}

}  // namespace rest::interchange
