// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/said_caption.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/look/format.h"

namespace rest::ui {

namespace {

QString words(const char* source) {
    return QCoreApplication::translate("SaidCaption", source);
}

QString nameOf(const store::RunRecord& run) {
    return words("run %1 · %2").arg(run.id).arg(text(run.name));
}

QString sourceOf(const store::RunRecord& run, int epoch) {
    return run.kind == store::RunKind::training ? words("%1, epoch %2").arg(nameOf(run)).arg(epoch) : nameOf(run);
}

}  // namespace

SaidCaption captionAt(const store::Project& project, const Place& place) {
    const auto run = project.run(place.run.id);
    if (!run) return {};
    const auto said = project.predictions_for(place.run.id, place.video);
    const auto found = std::ranges::find(said, place.epoch, &std::pair<int, store::PredictionRecord>::first);
    if (found == said.end()) return {};
    return {text(found->second.caption), sourceOf(*run, place.epoch)};
}

SaidCaption newestCaption(const store::Project& project, store::VideoId video) {
    auto runs = project.runs();
    std::ranges::reverse(runs);
    std::ranges::stable_partition(runs,
                                  [](const store::RunRecord& run) { return run.kind == store::RunKind::training; });
    for (const store::RunRecord& run : runs) {
        if (run.kind != store::RunKind::training && run.kind != store::RunKind::blip) continue;
        const auto predictions = project.predictions_for(run.id, video);
        if (!predictions.empty())
            return {text(predictions.back().second.caption), sourceOf(run, predictions.back().first)};
        const int step = project.last_step(run.id);
        const auto kept = project.captions(run.id, video, step);
        if (!kept.empty()) return {text(kept.front().text), words("%1, step %2").arg(nameOf(run)).arg(step)};
    }
    return {};
}

}  // namespace rest::ui
