// SPDX-License-Identifier: GPL-3.0-or-later
// GAR trained on class labels, which Table 1 shows to fail on new classes: every video's only caption is its class
// name.
#include "core/engine/run/class_name_lists.h"

#include "core/engine/run/shared_lists.h"

namespace rest::engine {

namespace {

void list_class_names(RestRun& run, store::Project& project) {
    const auto classes = project.classes();
    std::vector<store::GeneratedCaption> rows;
    std::vector<std::vector<store::CaptionRecord>> records(run.train.size());
    run.captions = CaptionTable(run.train.size());
    for (int64_t i = 0; i < run.train.size(); ++i) {
        const auto& video = run.train.video(i);
        const auto& name = classes.at(video.label);
        run.captions.add(i, {run.texts.add(name), static_cast<int32_t>(i)});
        rows.push_back({.video = video.id,
                        .step = 0,
                        .text = name,
                        .model = "class name",
                        .prompt = run.settings.generation.train_prompt});
        records[i].push_back({.text = name, .source_video = video.id});
    }
    project.add_generated(run.id, rows);
    project.put_step(run.id, 0, run.video_ids(), records);
    run.context.emit(CaptionsChanged{run.context.id(), project.ref(run.id), 0});
}

}  // namespace

void take_class_names(RestRun& run) {
    run.crew.keep([&](store::Project& project) { list_class_names(run, project); });
    share_lists(run);
}

}  // namespace rest::engine
