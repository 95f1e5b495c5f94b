// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/export_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/spreadsheet.h"
#include "core/text/unicode.h"

namespace rest::gallery {
namespace {

using nlohmann::json;

constexpr size_t kNearest = 5;

std::string field(const std::string& raw) {
    return csv_text(text::unicode::repaired(raw));
}

std::string number(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

/// A cosine as float holds it: seven digits, not the tail that double shows.
std::string number(float value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

void add_row(std::string& out, const std::vector<std::string>& fields) {
    for (size_t i = 0; i < fields.size(); ++i) out += (i == 0 ? "" : ",") + fields[i];
    out += "\r\n";
}

std::string tags_of(const Marks& marks, store::VideoId video) {
    std::string names;
    for (const auto& tagging : marks.taggings_of(video)) {
        names += (names.empty() ? "" : "; ") + marks.tags[static_cast<size_t>(marks.index_of(tagging.tag))].name;
    }
    return names;
}

const store::ClipNote* note_of(const Marks& marks, int row) {
    const int note = marks.marks[static_cast<size_t>(row)].note;
    return note < 0 ? nullptr : &marks.notes[static_cast<size_t>(note)];
}

std::vector<std::string> header() {
    std::vector<std::string> names = {"video", "file",       "original", "split",
                                      "run",   "epoch",      "step",     "caption",
                                      "score", "true class", "verdict",  "place of the true class",
                                      "read",  "margin"};
    for (size_t i = 1; i <= kNearest; ++i) {
        names.push_back(fmt::format("class {}", i));
        names.push_back(fmt::format("cosine {}", i));
    }
    for (const char* name : {"compared with run", "compared with epoch", "change", "read before", "caption before",
                             "people yes", "people no", "tags", "note", "problem"})
        names.emplace_back(name);
    return names;
}

std::vector<std::string> row_of(const ClipTable& table, const Marks& marks, const ExportedClip& exported) {
    const Clip& clip = table.clips[static_cast<size_t>(exported.row)];
    std::vector<std::string> fields = {field(exported.video),
                                       field(exported.file),
                                       field(exported.path),
                                       dataset::to_string(clip.split),
                                       std::to_string(table.evaluation.run),
                                       std::to_string(table.evaluation.epoch),
                                       table.evaluation.step < 0 ? "" : std::to_string(table.evaluation.step),
                                       field(clip.caption),
                                       number(clip.score),
                                       field(table.class_name(clip.label)),
                                       to_string(clip.verdict),
                                       clip.rank < 0 ? "" : std::to_string(clip.rank + 1),
                                       field(table.class_name(clip.predicted)),
                                       number(clip.margin)};
    for (size_t i = 0; i < kNearest; ++i) {
        const bool known = i < clip.nearest.size();
        fields.push_back(known ? field(table.class_name(clip.nearest[i].label)) : "");
        fields.push_back(known ? number(clip.nearest[i].cosine) : "");
    }
    const bool compared = static_cast<bool>(table.other);
    const auto* note = note_of(marks, exported.row);
    const bool asked = clip.votes.people() != People::unasked;
    const std::vector<std::string> rest = {compared ? std::to_string(table.other.run) : "",
                                           compared ? std::to_string(table.other.epoch) : "",
                                           compared ? to_string(clip.change) : "",
                                           field(table.class_name(clip.predicted_before)),
                                           field(clip.caption_before),
                                           asked ? std::to_string(clip.votes.yes) : "",
                                           asked ? std::to_string(clip.votes.no) : "",
                                           field(tags_of(marks, clip.video)),
                                           note ? field(note->text) : "",
                                           field(exported.problem)};
    fields.insert(fields.end(), rest.begin(), rest.end());
    return fields;
}

json class_or_null(const ClipTable& table, int label) {
    return label < 0 ? json() : json(table.class_name(label));
}

json evaluation_json(const EvaluationRef& evaluation) {
    json out = {{"run", evaluation.run}, {"epoch", evaluation.epoch}};
    if (evaluation.step >= 0) out["step"] = evaluation.step;
    return out;
}

json tags_json(const Marks& marks, store::VideoId video) {
    json out = json::array();
    for (const auto& tagging : marks.taggings_of(video)) {
        out.push_back({{"name", marks.tags[static_cast<size_t>(marks.index_of(tagging.tag))].name},
                       {"who", tagging.who},
                       {"time", tagging.time}});
    }
    return out;
}

json clip_json(const ClipTable& table, const Marks& marks, const ExportedClip& exported) {
    const Clip& clip = table.clips[static_cast<size_t>(exported.row)];
    json out = {{"video", exported.video},
                {"original", exported.path},
                {"split", dataset::to_string(clip.split)},
                {"caption", clip.caption},
                {"score", clip.score},
                {"true_class", class_or_null(table, clip.label)},
                {"verdict", to_string(clip.verdict)},
                {"read", class_or_null(table, clip.predicted)},
                {"tags", tags_json(marks, clip.video)}};
    out["file"] = exported.file.empty() ? json() : json(exported.file);
    if (!exported.problem.empty()) out["problem"] = exported.problem;
    if (clip.rank >= 0) out["place_of_true_class"] = clip.rank + 1;
    if (!std::isnan(clip.margin)) out["margin"] = clip.margin;
    for (const auto& near : clip.nearest)
        out["nearest"].push_back({{"class", table.class_name(near.label)}, {"cosine", near.cosine}});
    if (table.other) {
        out["change"] = to_string(clip.change);
        if (clip.change != Change::only_here) {
            out["read_before"] = class_or_null(table, clip.predicted_before);
            out["caption_before"] = clip.caption_before;
        }
    }
    if (clip.votes.people() != People::unasked) out["people"] = {{"yes", clip.votes.yes}, {"no", clip.votes.no}};
    if (const auto* note = note_of(marks, exported.row))
        out["note"] = {{"text", note->text}, {"who", note->who}, {"time", note->time}};
    return out;
}

}  // namespace

std::string clips_csv(const ClipTable& table, const Marks& marks, std::span<const ExportedClip> clips) {
    std::string out = "\xEF\xBB\xBF";
    add_row(out, header());
    for (const auto& clip : clips) add_row(out, row_of(table, marks, clip));
    return out;
}

std::string clips_json(const std::string& project, const ClipTable& table, const Marks& marks,
                       std::span<const ExportedClip> clips, const std::string& filter) {
    json out = {{"project", project}, {"evaluation", evaluation_json(table.evaluation)}, {"clips", json::array()}};
    out["evaluation"]["name"] = table.run.name;
    out["evaluation"]["kind"] = store::to_string(table.run.kind);
    if (table.other) out["compared_with"] = evaluation_json(table.other);
    if (const auto asked = parse_json(filter.empty() ? "null" : filter); asked && asked->is_object())
        out["filter"] = *asked;
    for (const auto& clip : clips) out["clips"].push_back(clip_json(table, marks, clip));
    return out.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace rest::gallery
