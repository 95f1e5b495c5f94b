// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/base/file_error.h"
#include "core/interchange/exporters.h"
#include "core/interchange/plain_file.h"

namespace rest::interchange {
namespace {

using Json = nlohmann::ordered_json;

/// A label over the whole video; FiftyOne counts frames from 1.
Json label_of(const store::VideoRecord& video, const std::string& label, Json attributes) {
    return {
        {"label", label}, {"support", {1, std::max<int64_t>(video.frames, 1)}}, {"attributes", std::move(attributes)}};
}

Json caption_label(const RunSource& source, const store::VideoRecord& video, const store::CaptionRecord& caption) {
    const auto* from = source.video(caption.source_video);
    auto label = label_of(video, caption.text,
                          {{"kind", "caption"},
                           {"step", caption.step},
                           {"rank", caption.rank + 1},
                           {"origin", caption.origin == store::CaptionOrigin::generated ? "generated" : "retrieved"},
                           {"source_video", from ? from->name : ""}});
    label["confidence"] = caption.clip_score;
    return label;
}

Json prediction_label(const RunSource& source, const store::VideoRecord& video, int epoch,
                      const store::PredictionRecord& prediction) {
    Json attributes = {{"kind", "prediction"}, {"epoch", epoch}, {"caption", prediction.caption}};
    if (prediction.rank >= 0) {
        attributes["rank"] = prediction.rank + 1;
        attributes["right"] = prediction.rank == 0;
    }
    return label_of(video, source.class_name(prediction.predicted), std::move(attributes));
}

std::string text(const Json& json) {
    return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int64_t write_fiftyone(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                       const std::filesystem::path& folder, Task& task) {
    std::unordered_map<store::VideoId, const store::PredictionRecord*> predictions;
    if (epoch)
        for (const auto& prediction : epoch->predictions) predictions.emplace(prediction.video, &prediction);
    task.begin("Exporting the data set", "videos", static_cast<int64_t>(source.videos.size()));
    Json labels = Json::object();
    int64_t done = 0;
    for (const auto& video : source.videos) {
        task.check();
        task.advance(++done);
        if (!video.problem.empty()) continue;
        Json here = Json::array();
        if (const auto name = source.class_of(video); !name.empty())
            here.push_back(label_of(
                video, name, {{"kind", "class"}, {"video", video.name}, {"split", dataset::to_string(video.split)}}));
        for (const auto& caption : source.project.captions(source.run.id, video.id))
            here.push_back(caption_label(source, video, caption));
        if (const auto found = predictions.find(video.id); found != predictions.end())
            here.push_back(prediction_label(source, video, epoch->epoch, *found->second));
        labels[video.path] = std::move(here);
    }
    const auto count = std::ssize(labels);
    make_folder(folder / "data");  // must exist, but videos with absolute paths are not looked for in it
    write_plain_file(folder / "labels.json", text({{"classes", source.classes}, {"labels", std::move(labels)}}));
    return count;
}

}  // namespace rest::interchange
