// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "core/base/strings.h"
#include "core/engine/settings/train_settings.h"
#include "core/evaluation/metrics/caption_quality.h"
#include "core/interchange/exporters.h"
#include "core/interchange/frame_strip.h"
#include "core/interchange/gallery_choice.h"
#include "core/interchange/html_text.h"
#include "core/interchange/svg_curve.h"

namespace rest::interchange {
namespace {

constexpr size_t kGalleryOfEach = 8;  // wrong, right and training videos

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{0}</title>
<style>
:root {{ color-scheme: light dark; --line: #2f6fde; --good: #1a7f37; --bad: #b3261e; --muted: #5f6672; --edge: #d0d4da; --card: #f6f7f9; }}
@media (prefers-color-scheme: dark) {{ :root {{ --line: #7aa7ff; --good: #5fce7b; --bad: #ff8a80; --muted: #a3abb8; --edge: #3a4049; --card: #1d2127; }} }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ margin-bottom: 0; }} h2 {{ margin-top: 2.5rem; }} .muted {{ color: var(--muted); }}
table {{ border-collapse: collapse; }} td, th {{ padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }}
td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; }} tr.changed td {{ font-weight: 600; }}
.curves {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem; }}
.curve {{ width: 100%; }} .curve text {{ font-size: 12px; fill: currentColor; }} .curve path {{ fill: none; stroke: var(--line); stroke-width: 1.5; }}
.curve path.axis {{ stroke: var(--edge); }} .curve .dot {{ fill: var(--line); }}
.video {{ background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; break-inside: avoid; }}
.frames {{ display: flex; gap: 4px; overflow-x: auto; }} .frames img {{ height: 96px; border-radius: 3px; }}
.good {{ color: var(--good); }} .bad {{ color: var(--bad); }}
</style></head><body>
)";

std::string cell(const std::string& text, bool number = false) {
    return fmt::format("<td{}>{}</td>", number ? " class=\"number\"" : "", html_text(text));
}

std::string header(const RunSource& source) {
    const auto& run = source.run;
    const auto models = source.project.models();
    std::string text =
        fmt::format("<h1>{}</h1>\n<p class=\"muted\">Run {}{}{}, made {}, {}, {} epochs</p>\n",
                    html_text(source.project.folder().stem().string()), run.id, run.name.empty() ? "" : ": ",
                    html_text(run.name), html_text(run.created), store::to_string(run.status), run.epoch);
    if (!source.project.kind().empty())
        text += "<p class=\"muted\">Data that is not real-world data: " + html_text(source.project.kind()) + "</p>\n";
    const auto model = [](const std::string& name) { return html_text(name.empty() ? "the demo model" : name); };
    return text + fmt::format("<p>Captioner: {}<br>CLIP: {}</p>\n", model(models.captioner), model(models.clip));
}

std::string curves(const RunSource& source) {
    struct Shown {
        const char* name;
        const char* title;
    };
    constexpr Shown kShown[] = {{"loss", "Loss"},
                                {"clip_tam_top1", "CLIP-TAM top-1, percent"},
                                {"clip_tam_top5", "CLIP-TAM top-5, percent"},
                                {"learning_rate", "Learning rate"},
                                {"clips_per_second", "Clips per second"}};
    std::string drawn;
    for (const auto& [name, title] : kShown) {
        const bool epochs = store::is_epoch_metric(name);
        drawn += svg_curve({.title = title,
                            .axis = epochs ? "epoch" : "batch",
                            .points = source.project.metrics(source.run.id, name),
                            .dots = epochs});
    }
    return drawn.empty() ? "" : "<h2>Curves</h2>\n<div class=\"curves\">" + drawn + "</div>\n";
}

std::string evaluations(const RunSource& source) {
    std::map<int64_t, std::pair<std::string, std::string>> rows;
    for (const auto& point : source.project.metrics(source.run.id, "clip_tam_top1"))
        rows[point.position].first = fmt::format("{:.1f} %", point.value);
    for (const auto& point : source.project.metrics(source.run.id, "clip_tam_top5"))
        rows[point.position].second = fmt::format("{:.1f} %", point.value);
    if (rows.empty()) return "";
    std::string text =
        "<h2>CLIP-TAM</h2>\n<table><tr><th class=\"number\">Epoch</th><th class=\"number\">top-1</th>"
        "<th class=\"number\">top-5</th></tr>\n";
    for (const auto& [epoch, scores] : rows)
        text += "<tr>" + cell(std::to_string(epoch), true) + cell(scores.first, true) + cell(scores.second, true) +
                "</tr>\n";
    return text + "</table>\n";
}

/// How diverse the captions of each step are.
std::string steps(const RunSource& source, Task& task) {
    if (source.run.step < 0) return "";
    std::vector<store::VideoId> ids;
    for (const auto& video : source.videos) ids.push_back(video.id);
    std::string text =
        "<h2>Captions by retrieval step</h2>\n<table><tr><th class=\"number\">Step</th><th "
        "class=\"number\">Captions</th>"
        "<th class=\"number\">Distinct</th><th class=\"number\">Words each</th><th>Most common</th></tr>\n";
    for (int step = 0; step <= source.run.step; ++step) {
        task.check();
        std::vector<std::string> all;
        for (auto& list : source.project.caption_texts(source.run.id, step, ids))
            all.insert(all.end(), std::make_move_iterator(list.begin()), std::make_move_iterator(list.end()));
        const auto quality = evaluation::caption_quality(all);
        text += "<tr>" + cell(std::to_string(step), true) + cell(std::to_string(quality.captions), true) +
                cell(std::to_string(quality.distinct), true) + cell(fmt::format("{:.1f}", quality.mean_words), true) +
                cell(fmt::format("{} ({} times)", quality.most_common, quality.most_common_count)) + "</tr>\n";
    }
    return text + "</table>\n";
}

std::string kept_captions(const RunSource& source, const store::VideoRecord& video) {
    std::string rows;
    int step = -1;
    for (const auto& caption : source.project.captions(source.run.id, video.id)) {
        const auto* from = source.video(caption.source_video);
        const bool own = caption.origin == store::CaptionOrigin::generated || !from;
        rows += "<tr>" + cell(caption.step == step ? "" : fmt::format("step {}", caption.step)) + cell(caption.text) +
                cell(fmt::format("{:.3f}", caption.clip_score), true) + "<td class=\"muted\">" +
                (own ? "own" : "from " + html_text(from->name)) + "</td></tr>\n";
        step = caption.step;
    }
    return rows.empty() ? "" : "<table>" + rows + "</table>\n";
}

std::string prediction_text(const RunSource& source, const MeasuredEpoch& epoch, const store::VideoRecord& video) {
    for (const auto& prediction : epoch.predictions) {
        if (prediction.video != video.id) continue;
        const bool right = prediction.rank == 0;
        return fmt::format("<p>{}<br><span class=\"{}\">{} Read as <b>{}</b>{}</span></p>\n",
                           html_text(prediction.caption), right ? "good" : "bad", right ? "✓" : "✗",
                           html_text(source.class_name(prediction.predicted)),
                           right ? "" : fmt::format("; the true class is at rank {}", prediction.rank + 1));
    }
    return "";
}

std::string gallery(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                    const std::vector<std::string>& names, Task& task) {
    const auto videos = choose_gallery(source, epoch, names, kGalleryOfEach);
    if (videos.empty()) return "";
    std::string text = "<h2>Videos</h2>\n<p class=\"muted\">";
    text += names.empty() ? "Drawn at random: up to 8 that CLIP-TAM reads wrong, 8 right, 8 of the training videos."
                          : "Chosen by hand.";
    text += "</p>\n";
    task.begin("Reading frames", "videos", std::ssize(videos));
    int64_t done = 0;
    for (const auto* video : videos) {
        task.check();
        const auto name = source.class_of(*video);
        text += fmt::format("<div class=\"video\">{}<h3>{}</h3><p class=\"muted\">{}{}</p>\n", frame_strip(*video),
                            html_text(video->name), dataset::to_string(video->split),
                            name.empty() ? "" : ", class " + html_text(name));
        if (epoch) text += prediction_text(source, *epoch, *video);
        text += kept_captions(source, *video) + "</div>\n";
        task.advance(++done);
    }
    return text;
}

std::string settings(const RunSource& source) {
    const auto kept = nlohmann::ordered_json::parse(source.run.settings_json, nullptr, false);
    if (!kept.is_object()) return "";
    const auto paper = nlohmann::ordered_json::parse(engine::to_json({}), nullptr, false);
    const auto written = [](const nlohmann::ordered_json& value) {
        return value.is_string() ? value.get<std::string>()
                                 : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    std::string text = "<h2>Settings</h2>\n<table><tr><th>Setting</th><th>Value</th><th>The paper's</th></tr>\n";
    for (const auto& [name, value] : kept.items()) {
        const auto found = paper.find(name);
        const bool changed = found == paper.end() || *found != value;
        text += fmt::format("<tr{}>", changed ? " class=\"changed\"" : "") + cell(name) + cell(written(value)) +
                cell(changed && found != paper.end() ? written(*found) : "") + "</tr>\n";
    }
    return text + "</table>\n";
}

}  // namespace

int64_t write_html(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                   const std::vector<std::string>& videos, std::ostream& out, Task& task) {
    const auto pictures = gallery(source, epoch, videos, task);
    out << fmt::format(fmt::runtime(kHead), html_text(source.title())) << header(source) << evaluations(source)
        << curves(source) << steps(source, task) << pictures << settings(source)
        << fmt::format(
               "<p class=\"muted\">Made by REST Studio: <code>rest export {} --format html --run {}</code></p>\n"
               "</body></html>\n",
               html_text(shell_word(source.project.folder().string())), source.run.id);
    return 1;
}

}  // namespace rest::interchange
