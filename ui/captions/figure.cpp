// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/figure.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <set>

#include "core/base/error.h"
#include "core/engine/settings/train_settings.h"
#include "core/media/frame_cache.h"
#include "ui/look/format.h"
#include "ui/look/image_convert.h"

namespace rest::ui {

namespace {

constexpr int figure_frames = 5;  // as the paper has it

QString figureWords(const char* source) {
    return QCoreApplication::translate("Figure", source);
}

void readFrames(FigureRow& row, const store::VideoRecord& video, Task& task) {
    media::MediaLimits limits;
    limits.watch = [&task](const media::ReadProgress&) { task.check(); };
    const auto frames = media::FrameCache({.folder = {}, .samples = figure_frames}, limits).frames(video.path);
    if (!frames) {
        row.problem = fileName(frames.error().file) + QStringLiteral(": ") + text(frames.error().message);
        return;
    }
    for (const image::Image& frame : *frames) row.frames << toQImage(frame);
}

/// Both note the steps or epochs that they show.
void addSteps(FigureRow& row, const store::Project& project, store::RunId run, std::set<int>& shown) {
    for (const store::CaptionRecord& caption : project.captions(run, row.video)) {
        if (caption.rank != 0) continue;
        row.lines.push_back({figureWords("Step %1").arg(caption.step), text(caption.text)});
        shown.insert(caption.step);
    }
}

void addPrediction(FigureRow& row, const store::Project& project, store::RunId run, const QStringList& classes,
                   std::set<int>& shown) {
    const auto predictions = project.predictions_for(run, row.video);
    if (predictions.empty()) return;
    const auto& [epoch, said] = predictions.back();
    row.lines.push_back({figureWords("Epoch %1").arg(epoch), text(said.caption)});
    if (said.predicted >= 0 && said.predicted < classes.size())
        row.lines.push_back({figureWords("Read as"), classes[said.predicted]});
    shown.insert(epoch);
}

uint64_t seedOf(const store::RunRecord& run) {
    try {
        return static_cast<uint64_t>(engine::settings_from_json(run.settings_json).optimisation.seed);
    } catch (const Error&) {
        return 0;  // a baseline has none
    }
}

QString whichText(FigureKind kind, const std::set<int>& shown) {
    if (shown.empty()) return figureWords("no captions");
    const bool steps = kind == FigureKind::evolution;
    if (shown.size() == 1) return (steps ? figureWords("step %1") : figureWords("epoch %1")).arg(*shown.begin());
    return (steps ? figureWords("steps %1-%2") : figureWords("epochs %1-%2")).arg(*shown.begin()).arg(*shown.rbegin());
}

}  // namespace

Figure readFigure(const FigureRequest& request, Task& task) {
    const auto project = store::Project::open(path(request.project), store::OpenMode::read_only);
    Figure figure;
    std::set<int> shown;
    for (const store::VideoId id : request.videos) {
        task.check();
        const auto video = project.video(id);
        if (!video) continue;
        FigureRow row;
        row.video = id;
        row.name = fileName(video->name);
        row.truth = request.classes.value(video->label);
        readFrames(row, *video, task);
        if (request.kind == FigureKind::evolution)
            addSteps(row, project, request.run.id, shown);
        else
            addPrediction(row, project, request.run.id, request.classes, shown);
        figure.rows.push_back(std::move(row));
    }
    figure.seed = seedOf(request.run);
    figure.which = whichText(request.kind, shown);
    figure.caption = figureWords("REST Studio · run %1, %2 · %3 · seed %4")
                         .arg(request.run.id)
                         .arg(text(request.run.name), figure.which)
                         .arg(figure.seed);
    return figure;
}

QString figureFileName(const FigureRequest& request, const Figure& figure) {
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"), QRegularExpression::CaseInsensitiveOption);
    return QStringLiteral("rest-figure_run-%1_%2_seed-%3")
        .arg(request.run.id)
        .arg(QString(figure.which).replace(others, QStringLiteral("-")))
        .arg(figure.seed);
}

}  // namespace rest::ui
