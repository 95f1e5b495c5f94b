// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/spreadsheet.h"
#include "core/interchange/exporters.h"

namespace rest::interchange {
namespace {

/// Calls row(video, caption) for every caption of the run, video by video, steps in order, best first.
template <class Row>
int64_t for_each_caption(const RunSource& source, Task& task, Row row) {
    task.begin("Exporting captions", "videos", static_cast<int64_t>(source.videos.size()));
    int64_t rows = 0, done = 0;
    for (const auto& video : source.videos) {
        task.check();
        for (const auto& caption : source.project.captions(source.run.id, video.id)) {
            row(video, caption);
            ++rows;
        }
        task.advance(++done);
    }
    return rows;
}

std::string name_of(const RunSource& source, store::VideoId id) {
    const auto* video = source.video(id);
    return video ? video->name : "";
}

const char* origin_of(const store::CaptionRecord& caption) {
    return caption.origin == store::CaptionOrigin::generated ? "generated" : "retrieved";
}

}  // namespace

int64_t write_captions_csv(const RunSource& source, std::ostream& out, Task& task) {
    out << "run,step,video,split,class,rank,caption,clip_score,origin,source_video,model,prompt,frame,log_"
           "probability\n";
    return for_each_caption(source, task, [&](const store::VideoRecord& video, const store::CaptionRecord& caption) {
        out << fmt::format("{},{},{},{},{},{},{},{:.6f},{},{}", source.run.id, caption.step, csv_text(video.name),
                           dataset::to_string(video.split), csv_text(source.class_of(video)), caption.rank + 1,
                           csv_text(caption.text), caption.clip_score, origin_of(caption),
                           csv_text(name_of(source, caption.source_video)));
        if (const auto& maker = caption.maker)
            out << fmt::format(",{},{},{},{:.6f}\n", csv_text(maker->model), csv_text(maker->prompt),
                               maker->frame < 0 ? "" : std::to_string(maker->frame), maker->score);
        else
            out << ",,,,\n";
    });
}

int64_t write_captions_jsonl(const RunSource& source, std::ostream& out, Task& task) {
    return for_each_caption(source, task, [&](const store::VideoRecord& video, const store::CaptionRecord& caption) {
        nlohmann::ordered_json row = {{"run", source.run.id},
                                      {"step", caption.step},
                                      {"video", video.name},
                                      {"split", dataset::to_string(video.split)},
                                      {"class", source.class_of(video)},
                                      {"rank", caption.rank + 1},
                                      {"caption", caption.text},
                                      {"clip_score", caption.clip_score},
                                      {"origin", origin_of(caption)},
                                      {"source_video", name_of(source, caption.source_video)}};
        if (const auto& maker = caption.maker) {
            row["model"] = maker->model;
            row["prompt"] = maker->prompt;
            row["frame"] = maker->frame < 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(maker->frame);
            row["log_probability"] = maker->score;
        }
        out << row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    });
}

}  // namespace rest::interchange
