// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <iostream>

#include "app/commands/commands.h"
#include "core/base/atomic_file.h"
#include "core/study/create_study.h"
#include "core/study/export_study.h"
#include "core/study/merge_study.h"
#include "core/study/report_text.h"

namespace rest::app {
namespace {

namespace fs = std::filesystem;

/// The named study of a project, or the study file itself when that is given in the project's place.
study::Study open_study(const std::string& project, const std::string& name, store::OpenMode mode) {
    const bool is_file = name.empty() && fs::is_regular_file(project);
    return study::Study::open(
        is_file ? fs::path(project)
                : study::find_study(store::Project::open(project, store::OpenMode::read_only).folder(), name),
        mode);
}

void add_create(CLI::App& study, Console& console) {
    struct Options {
        std::string project, instructions;
        store::RunId run = 0;
        int epoch = -1;
        std::vector<std::string> controls, training;
        study::StudySetup setup;
    };
    auto o = std::make_shared<Options>();
    auto& settings = o->setup.settings;
    auto* command =
        study.add_subcommand("create", "Freeze clips and captions of an evaluated epoch for people to judge");
    command->add_option("project", o->project)->required();
    command->add_option("--name", o->setup.name, "Name of the study")->capture_default_str();
    command->add_option("--run", o->run, "Number of the run; the newest that was evaluated without");
    command->add_option("--epoch", o->epoch, "An evaluated epoch; the run's newest without");
    command->add_option("--clips", o->setup.clips, "How many to draw; all there are, when fewer")
        ->capture_default_str();
    command->add_option("--answers", settings.answers_per_clip, "People per clip")->capture_default_str();
    command->add_option("--seed", settings.seed, "Of the draw and of every order")->capture_default_str();
    command->add_flag("--stratified", settings.stratified, "Draw in proportion to the classes");
    command->add_option("--minimum-viewing", settings.minimum_viewing_ms, "Milliseconds before an answer is taken")
        ->capture_default_str();
    command->add_option("--instructions", o->instructions, "Text file that annotators read first");
    command->add_option("--controls", o->controls, "CSV file of clips with known answers: path,caption,answer");
    command->add_option("--training", o->training, "CSV file of clips to practise on: path,caption,answer,feedback");
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        constexpr size_t kMaxInstructions = 100000;
        if (o->run > 0) o->setup.run = o->run;
        if (o->epoch >= 0) o->setup.epoch = o->epoch;
        if (!o->instructions.empty()) o->setup.settings.instructions = read_file(o->instructions, kMaxInstructions);
        const auto add = [](std::vector<study::KnownClip>& to, const std::vector<std::string>& lists) {
            for (const auto& list : lists) {
                for (auto& clip : study::read_known_clips(list)) to.push_back(std::move(clip));
            }
        };
        add(o->setup.controls, o->controls);
        add(o->setup.training, o->training);
        const auto made = study::create_study(store::Project::open(o->project, store::OpenMode::read_only), o->setup);
        const auto& info = made.info();
        const int64_t drawn = std::ssize(made.clips()) - std::ssize(o->setup.controls) - std::ssize(o->setup.training);
        if (console.json) {
            return console.print_json({{"file", made.file().string()},
                                       {"name", info.name},
                                       {"clips", drawn},
                                       {"controls", o->setup.controls.size()},
                                       {"training", o->setup.training.size()},
                                       {"answers_per_clip", info.settings.answers_per_clip},
                                       {"seed", info.settings.seed},
                                       {"model", info.source.model}});
        }
        console.print(fmt::format("Made {}: {} clips with captions of {}, {} people each", made.file().string(), drawn,
                                  info.source.model, info.settings.answers_per_clip));
    });
}

void add_export(CLI::App& study, Console& console) {
    struct Options {
        std::string project, name, release;
        study::ExportSettings settings;
    };
    auto o = std::make_shared<Options>();
    auto* command = study.add_subcommand("export", "Write one file with the clips inside, for annotators elsewhere");
    command->add_option("project", o->project)->required();
    command->add_option("--study", o->name, "Name of the study, when there are several");
    command->add_option("--out", o->settings.out, "File to write; gets .study")->required();
    command->add_option("--annotator", o->settings.annotator, "Code of the one it is for; whoever signs in without");
    command->add_option("--clips", o->settings.most_clips, "Clips at most, least-rated first; 0: all that want people")
        ->capture_default_str();
    command->add_option("--release", o->release,
                        "Code of somebody whose file will not return: gives the clips back first");
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        auto from = open_study(o->project, o->name, store::OpenMode::read_write);
        if (!o->release.empty()) {
            const auto gone = from.find_annotator(o->release);
            if (!gone) {
                throw Error(ErrorCode::invalid_argument,
                            "The study " + from.info().name + " knows nobody called " + o->release);
            }
            from.release(gone->uuid);
        }
        // Can always be recreated, so it is where the project keeps such files.
        if (store::Project::is_project(o->project)) o->settings.cache = fs::path(o->project) / "frames" / "study-clips";
        const auto result = study::export_study(from, o->settings, console.task());
        for (const auto& p : result.problems) {
            console.task().log(LogLevel::warning, "Not in the file: " + p.file + ": " + p.message);
        }
        if (console.json) {
            return console.print_json({{"file", result.file.string()},
                                       {"clips", result.clips},
                                       {"bytes", result.bytes},
                                       {"problems", result.problems.size()}});
        }
        console.print(fmt::format("Wrote {}: {} clips, {:.1f} MB", result.file.string(), result.clips,
                                  static_cast<double>(result.bytes) / 1e6));
    });
}

nlohmann::json to_json(const study::MergedFile& m) {
    nlohmann::json out = {{"file", m.file.string()},
                          {"new", m.taken.added},
                          {"already_there", m.taken.already_there},
                          {"new_annotators", m.taken.annotators_added},
                          {"renamed", m.taken.renamed}};
    if (m.refused) out["refused"] = {{"code", to_string(m.refused->code)}, {"message", m.refused->message}};
    return out;
}

void add_merge(CLI::App& study, Console& console) {
    struct Options {
        std::string project, name;
        std::vector<fs::path> files;
    };
    auto o = std::make_shared<Options>();
    auto* command = study.add_subcommand("merge", "Take over the answers of returned files; again without harm");
    command->add_option("project", o->project)->required();
    command->add_option("files", o->files)->required();
    command->add_option("--study", o->name, "Name of the study, when there are several");
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        auto into = open_study(o->project, o->name, store::OpenMode::read_write);
        const auto merged = study::merge_study(into, o->files, console.task());
        nlohmann::json list = nlohmann::json::array();
        int refused = 0;
        for (const auto& m : merged) {
            list.push_back(to_json(m));
            refused += m.refused.has_value();
            if (m.refused) {
                console.task().log(LogLevel::error, m.refused->message + " " + m.refused->remedy);
            } else if (!console.json) {
                console.print(
                    fmt::format("{}: {} new, {} already there", m.file.string(), m.taken.added, m.taken.already_there));
            }
            // Names of people do not belong in the log.
            for (const auto& renamed : m.taken.renamed)
                std::cerr << "Two people with one code: " << renamed << std::endl;
        }
        if (console.json) console.print_json({{"files", list}});
        if (refused > 0) {
            throw Error(ErrorCode::damaged, fmt::format("{} of {} files were refused", refused, merged.size()),
                        "The others are merged.");
        }
    });
}

std::string to_text(const study::StudyReport& r) {
    const auto share = [](const char* name, const study::Share& s) {
        if (s.whole == 0) return fmt::format("{:<28} no clips yet\n", name);
        return fmt::format("{:<28} {:6.2f} %  [{:.2f}, {:.2f}]  of {} clips\n", name, s.percent, s.interval.low,
                           s.interval.high, s.whole);
    };
    const auto figure = [](const char* name, const study::Coefficient& c) {
        if (!c.statistic.value) return fmt::format("{:<28} undefined: {}\n", name, c.statistic.undefined);
        auto line = fmt::format("{:<28} {:6.3f}", name, *c.statistic.value);
        if (c.interval) line += fmt::format("    [{:.3f}, {:.3f}]", c.interval->low, c.interval->high);
        return line + "\n";
    };
    auto text = fmt::format("{}: {} of {} clips rated, {} with all {} answers; {} answers, {} skips\n", r.info.name,
                            r.rated_clips, r.clips, r.full_clips, r.info.settings.answers_per_clip, r.answers, r.skips);
    text += share("Accuracy by people", r.people) + share("Accuracy by CLIP-TAM", r.clip_tam) +
            share("People agree with CLIP-TAM", r.agreement) + figure("Raw agreement", r.raw) +
            figure("Fleiss' kappa", r.kappa) + figure("Krippendorff's alpha", r.alpha) + figure("Gwet's AC1", r.ac1);
    for (const auto& a : r.annotators) {
        text += fmt::format("  {}: {} answers, {} skipped, {:.1f} s each, controls {}/{}\n", a.name, a.answered,
                            a.skipped, a.median_seconds, a.controls_right, a.controls);
    }
    return text + study::explain(r.ties);
}

void add_report(CLI::App& study, Console& console) {
    struct Options {
        std::string project, name, csv, latex, ties = "no";
        study::ReportSettings settings;
    };
    auto o = std::make_shared<Options>();
    auto* command = study.add_subcommand("report", "How far people and CLIP-TAM agree, and people among themselves");
    command->add_option("project", o->project)->required();
    command->add_option("--study", o->name, "Name of the study, when there are several");
    command->add_option("--csv", o->csv, "File for every answer, one a row");
    command->add_option("--latex", o->latex, "File for a table");
    command->add_option("--ties", o->ties, "What half yes, half no counts as: no, yes or leave_out")
        ->capture_default_str();
    command->add_flag("--pseudonyms", o->settings.pseudonyms, "Numbers in place of the annotators' codes");
    command->add_flag("--json", console.json);
    command->callback([o, &console] {
        o->settings.ties = study::tie_rule_from_string(o->ties);
        const auto from = open_study(o->project, o->name, store::OpenMode::read_only);
        const auto report = study::report_study(from, o->settings);
        if (!o->csv.empty()) write_file_atomically(o->csv, study::report_csv(from, o->settings.pseudonyms));
        if (!o->latex.empty()) write_file_atomically(o->latex, study::report_latex(report));
        console.print(console.json ? study::report_json(report) : to_text(report));
    });
}

}  // namespace

void add_study(CLI::App& app, Console& console) {
    auto* study = app.add_subcommand("study", "The yes/no study: people judge whether captions describe the action");
    study->require_subcommand(1);
    add_create(*study, console);
    add_export(*study, console);
    add_merge(*study, console);
    add_report(*study, console);
}

}  // namespace rest::app
