// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "app/commands/commands.h"
#include "core/base/strings.h"
#include "core/engine/measure/stored_report.h"
#include "core/gallery/export_clips.h"
#include "core/gallery/export_text.h"
#include "core/gallery/filter_json.h"
#include "core/gallery/filtered_clips.h"

namespace rest::app {
namespace {

struct FailuresOptions {
    std::string project, against, saved, margin, words, order = "video", out, files = "copies";
    std::vector<std::string> splits, labels, predicted, verdicts, changes, people, tags;
    store::RunId run = 0;
    int epoch = -1;
    int64_t limit = 20;
    bool untagged = false, noted = false;
};

[[noreturn]] void refuse(const std::string& what, const std::string& value, const std::string& remedy) {
    throw Error(ErrorCode::invalid_argument, what + " \"" + value + "\"", remedy);
}

/// The evaluation of that run and epoch, the newest of what is left open; of trained runs where no run is given.
gallery::EvaluationRef choose(const std::vector<engine::StoredEvaluation>& all, store::RunId run, int epoch) {
    for (const auto& one : all) {
        const bool right_run = run == 0 ? one.kind == store::RunKind::training : one.run == run;
        if (right_run && (epoch < 0 || one.epoch == epoch)) return {one.run, one.epoch, one.step};
    }
    std::vector<std::string> known;
    for (const auto& one : all) known.push_back(fmt::format("run {} epoch {}", one.run, one.epoch));
    throw Error(ErrorCode::not_found,
                run == 0
                    ? "No trained run was measured" + (epoch < 0 ? "" : fmt::format(" at epoch {}", epoch))
                    : fmt::format("Run {}{} was not measured", run, epoch < 0 ? "" : fmt::format(" epoch {}", epoch)),
                known.empty() ? "Measure one: rest evaluate PROJECT" : "Measured: " + some_of(known, 8) + ".");
}

/// "3" or "3:15".
gallery::EvaluationRef read_against(const std::string& text, const std::vector<engine::StoredEvaluation>& all) {
    if (text.empty()) return {};
    store::RunId run = 0;
    int epoch = -1;
    const char* end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, run);
    if (read.ec == std::errc() && read.ptr != end && *read.ptr == ':') read = std::from_chars(read.ptr + 1, end, epoch);
    if (read.ec != std::errc() || read.ptr != end || run <= 0)
        refuse("--against takes RUN or RUN:EPOCH, not", text, "As in --against 2:15.");
    return choose(all, run, epoch);
}

std::optional<double> read_bound(const std::string& text, const std::string& whole) {
    if (text.empty()) return std::nullopt;
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        refuse("--margin takes FROM:TO, not", whole, "As in --margin :0.02, 0.1: or 0.02:0.1.");
    return value;
}

template <class Enum, class Find>
void read_words(const std::vector<std::string>& words, Find find, int count, const char* option, std::set<Enum>& into) {
    for (const auto& word : words) {
        const std::optional<Enum> value = find(word);
        if (value) {
            into.insert(*value);
            continue;
        }
        std::vector<std::string> known;
        for (int i = 0; i < count; ++i) known.emplace_back(to_string(static_cast<Enum>(i)));
        refuse(fmt::format("{} does not know", option), word, fmt::format("Choose from: {}.", fmt::join(known, ", ")));
    }
}

void read_classes(const std::vector<std::string>& names, const std::vector<std::string>& classes, std::set<int>& into) {
    for (const auto& name : names) {
        const auto found = std::ranges::find_if(classes, [&](const std::string& one) { return iequals(one, name); });
        if (found == classes.end()) refuse("The project has no class", name, "Classes: " + some_of(classes, 12) + ".");
        into.insert(static_cast<int>(found - classes.begin()));
    }
}

void read_tags(const std::vector<std::string>& names, const std::vector<store::Tag>& tags,
               std::set<store::TagId>& into) {
    for (const auto& name : names) {
        const auto found =
            std::ranges::find(tags, caption_key(name), [](const auto& tag) { return caption_key(tag.name); });
        if (found == tags.end()) {
            std::vector<std::string> known;
            for (const auto& tag : tags) known.push_back(tag.name);
            refuse("The project has no tag", name, "Tags: " + some_of(known, 12) + ".");
        }
        into.insert(found->id);
    }
}

gallery::ClipFilter saved_filter(const store::Project& project, const std::string& name,
                                 const gallery::ClipTable& table, const gallery::Marks& marks, Console& console) {
    if (name.empty()) return {};
    std::vector<std::string> known;
    for (const auto& filter : project.saved_filters()) {
        known.push_back(filter.name);
        if (filter.name != name) continue;
        auto read = gallery::filter_from_json(filter.filter, table.classes, marks.tags);
        for (const auto& lost : read.lost)
            console.task().log(LogLevel::warning, "The filter " + name + " asks for what is gone: " + lost);
        return std::move(read.filter);
    }
    refuse("The project has no filter", name,
           known.empty() ? "Save one on the page Failures." : "Filters: " + some_of(known, 12) + ".");
}

/// What the options ask for, put into the saved filter where one is named.
gallery::ClipFilter filter_of(const FailuresOptions& o, gallery::ClipFilter filter, const gallery::ClipTable& table,
                              const gallery::Marks& marks) {
    read_words(o.splits, dataset::split_from_string, 3, "--split", filter.splits);
    read_words(o.verdicts, gallery::verdict_from_string, gallery::kVerdicts, "--reading", filter.verdicts);
    read_words(o.changes, gallery::change_from_string, gallery::kChanges, "--changed", filter.changes);
    read_words(o.people, gallery::people_from_string, gallery::kPeople, "--people", filter.people);
    read_classes(o.labels, table.classes, filter.labels);
    read_classes(o.predicted, table.classes, filter.predicted);
    read_tags(o.tags, marks.tags, filter.tags);
    if (!o.margin.empty()) {
        const auto colon = o.margin.find(':');
        if (colon == std::string::npos)
            refuse("--margin takes FROM:TO, not", o.margin, "As in --margin :0.02, 0.1: or 0.02:0.1.");
        filter.margin_from = read_bound(o.margin.substr(0, colon), o.margin);
        filter.margin_to = read_bound(o.margin.substr(colon + 1), o.margin);
        if (table.unknown_margins == std::ssize(table.clips)) {
            throw Error(ErrorCode::not_found, "No margin was kept when this was measured",
                        fmt::format("Measure it again, which keeps its captions: rest evaluate {} --run {} --epoch {}",
                                    shell_word(o.project), table.evaluation.run, table.evaluation.epoch));
        }
    }
    if (!filter.changes.empty() && !table.other)
        throw Error(ErrorCode::invalid_argument, "--changed needs an evaluation to compare with", "Add --against RUN.");
    filter.untagged |= o.untagged;
    filter.noted |= o.noted;
    if (!o.words.empty()) filter.words = o.words;
    return filter;
}

void print_clips(const FailuresOptions& o, const gallery::ClipTable& table, std::span<const int> rows,
                 std::span<const store::VideoRecord> videos, Console& console) {
    console.print(fmt::format("Run {}, epoch {}: {} of {} clips", table.evaluation.run, table.evaluation.epoch,
                              rows.size(), table.clips.size()));
    const auto most = o.limit > 0 ? std::min<size_t>(rows.size(), static_cast<size_t>(o.limit)) : rows.size();
    for (const int row : rows.first(most)) {
        const auto& clip = table.clips[static_cast<size_t>(row)];
        const auto video = std::ranges::lower_bound(videos, clip.video, {}, &store::VideoRecord::id);
        const std::string margin = std::isnan(clip.margin) ? "" : fmt::format(" +{:.3f}", clip.margin);
        console.print(fmt::format("{}  {}\n    \"{}\"\n    read as {}{}{}", to_string(clip.verdict),
                                  video == videos.end() ? "?" : video->name, clip.caption,
                                  clip.predicted < 0 ? "no class" : table.class_name(clip.predicted), margin,
                                  clip.label < 0 ? "" : ", is " + table.class_name(clip.label)));
    }
    if (most < rows.size()) console.print(fmt::format("... and {} more; --limit 0 lists all", rows.size() - most));
}

void export_rows(const FailuresOptions& o, const gallery::ClipTable& table, const gallery::Marks& marks,
                 std::span<const int> rows, std::span<const store::VideoRecord> videos, const std::string& filter,
                 Console& console) {
    const auto files = gallery::clip_files_from_string(o.files);
    if (!files) refuse("--files does not know", o.files, "Choose from: none, links, copies.");
    const auto result = gallery::export_clips(o.project, table, marks, rows, videos,
                                              {.folder = o.out, .files = *files, .filter = filter}, console.task());
    for (const auto& problem : result.problems)
        console.task().log(LogLevel::warning, problem.file + ": " + problem.message);
    if (console.json) {
        return console.print_json(
            {{"folder", result.folder.string()}, {"clips", result.clips}, {"without_file", result.problems.size()}});
    }
    console.print(fmt::format(
        "{} clips written to {}{}", result.clips, result.folder.string(),
        result.problems.empty() ? "" : fmt::format("; {} of them without their file", result.problems.size())));
}

void run_failures(const FailuresOptions& o, Console& console) {
    const auto project = store::Project::open(o.project, store::OpenMode::read_only);
    const auto order = gallery::order_from_string(o.order);
    if (!order) refuse("--order does not know", o.order, "Choose from: video, least_sure, most_sure, worst_place.");
    const auto all = engine::stored_evaluations(project);
    const auto videos = project.videos();
    const auto table = gallery::load_clips(project, videos, choose(all, o.run, o.epoch), read_against(o.against, all));
    for (const auto& problem : table.problems)
        console.task().log(LogLevel::warning, problem.file + ": " + problem.message);
    const auto marks = gallery::load_marks(project, table);
    const auto filter = filter_of(o, saved_filter(project, o.saved, table, marks, console), table, marks);
    const auto shown = gallery::filter_clips(table, marks, filter, *order);
    const auto json = gallery::to_json(filter, table.classes, marks.tags);
    if (!o.out.empty()) return export_rows(o, table, marks, shown.rows, videos, json, console);
    if (!console.json) return print_clips(o, table, shown.rows, videos, console);
    std::vector<gallery::ExportedClip> clips;
    for (const int row : shown.rows) {
        const auto video =
            std::ranges::lower_bound(videos, table.clips[static_cast<size_t>(row)].video, {}, &store::VideoRecord::id);
        clips.push_back({.row = row, .video = video->name, .path = video->path});
    }
    console.print_json(nlohmann::json::parse(gallery::clips_json(o.project, table, marks, clips, json)));
}

}  // namespace

void add_failures(CLI::App& app, Console& console) {
    auto o = std::make_shared<FailuresOptions>();
    auto* command =
        app.add_subcommand("failures", "List or export an evaluation's clips: what was said, read and true");
    command->add_option("project", o->project, "Project folder")->required();
    command->add_option("--run", o->run, "Run; the newest trained one that was measured without");
    command->add_option("--epoch", o->epoch, "Measured epoch; the run's newest without");
    command->add_option("--against", o->against, "RUN or RUN:EPOCH to compare with, for --changed");
    command->add_option("--split", o->splits, "train, val or test; like the others below, more than once for either");
    command->add_option("--reading", o->verdicts, "right, wrong or unlabelled");
    command->add_option("--class", o->labels, "True class");
    command->add_option("--predicted", o->predicted, "Class that CLIP-TAM reads");
    command->add_option("--changed", o->changes, "became_right, became_wrong, other_class, same or only_here");
    command->add_option("--people", o->people, "What people said in studies: disagree, all_yes, all_no or unasked");
    command->add_option("--margin", o->margin,
                        "FROM:TO, the lead of the class read over the next; either may be left out");
    command->add_option("--tag", o->tags, "Clips with this tag");
    command->add_flag("--untagged", o->untagged, "Clips without a tag, beside those of --tag");
    command->add_flag("--noted", o->noted, "Clips with a note, beside those of --tag");
    command->add_option("--words", o->words, "Words that must all occur in the caption");
    command->add_option("--filter", o->saved, "A filter that was saved on the page Failures");
    command->add_option("--order", o->order, "video, least_sure, most_sure or worst_place")->capture_default_str();
    command->add_option("--limit", o->limit, "Clips listed at most; 0 lists all")->capture_default_str();
    command->add_option("--export", o->out, "Folder to make, with clips.csv, clips.json and the videos");
    command->add_option("--files", o->files, "Videos of the export: none, links or copies")->capture_default_str();
    command->add_flag("--json", console.json);
    command->callback([o, &console] { run_failures(*o, console); });
}

}  // namespace rest::app
