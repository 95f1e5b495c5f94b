// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/create_study.h"

#include <ctime>
#include <map>

#include "core/base/file_error.h"
#include "core/study/draw.h"

namespace rest::study {

namespace fs = std::filesystem;

namespace {

std::string now_utc() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32] = {};
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

store::RunRecord choose_run(const store::Project& project, const std::optional<store::RunId>& wanted) {
    const auto runs = project.runs();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (wanted ? run->id == *wanted : !project.prediction_epochs(run->id).empty()) return *run;
    }
    throw Error(ErrorCode::not_found,
                "The project " + project.folder().string() +
                    (wanted ? " has no run " + std::to_string(*wanted) : " has no run with evaluated captions"),
                wanted ? "Choose one of its runs." : "Train with evaluation on, so that there are captions to rate.");
}

int choose_epoch(const store::Project& project, const store::RunRecord& run, const std::optional<int>& wanted) {
    const auto epochs = project.prediction_epochs(run.id);
    std::string known;
    for (const int epoch : epochs) {
        if (wanted && epoch == *wanted) return epoch;
        known += (known.empty() ? "" : ", ") + std::to_string(epoch);
    }
    if (!wanted && !epochs.empty()) return epochs.back();
    throw Error(ErrorCode::not_found,
                "Run " + std::to_string(run.id) + " has no evaluated captions" +
                    (wanted ? " of epoch " + std::to_string(*wanted) : ""),
                known.empty() ? "Train with evaluation on, so that there are captions to rate."
                              : "Epochs that have: " + known + ".");
}

StudySource source_of(const store::Project& project, const store::RunRecord& run, int epoch) {
    StudySource source{.project = project.folder().string(), .run = run.id, .run_name = run.name, .epoch = epoch};
    source.model = "run " + std::to_string(run.id) + " epoch " + std::to_string(epoch);
    for (const auto& point : project.metrics(run.id, "clip_tam_top1")) {
        if (point.position == epoch) source.step = point.step;
    }
    return source;
}

std::vector<StudyClip> drawn_clips(const store::Project& project, const StudySetup& setup, store::RunId run, int epoch,
                                   int64_t* drawable) {
    std::map<store::VideoId, store::VideoRecord> videos;
    for (auto& v : project.videos()) videos.emplace(v.id, std::move(v));
    std::vector<store::PredictionRecord> readable;
    std::vector<DrawCandidate> candidates;
    for (auto& p : project.predictions(run, epoch)) {
        const auto& video = videos.at(p.video);
        if (!video.problem.empty()) continue;
        candidates.push_back({p.video, video.label});
        readable.push_back(std::move(p));
    }
    if (drawable) *drawable = std::ssize(candidates);
    const auto classes = project.classes();
    std::vector<StudyClip> clips;
    for (const size_t i : draw_clips(candidates, setup.clips, setup.settings.seed, setup.settings.stratified)) {
        const auto& video = videos.at(readable[i].video);
        StudyClip clip;
        clip.id = std::ssize(clips);
        clip.name = video.name;
        clip.path = video.path;
        clip.file_bytes = video.file_bytes;
        clip.file_time_ns = video.file_time_ns;
        clip.caption = readable[i].caption;
        const bool labelled = video.label >= 0 && video.label < std::ssize(classes);
        if (labelled) clip.label = classes[static_cast<size_t>(video.label)];
        if (readable[i].rank >= 0) clip.tam_right = readable[i].rank == 0;
        clips.push_back(std::move(clip));
    }
    return clips;
}

void add_known(std::vector<StudyClip>& clips, const std::vector<KnownClip>& known, ClipRole role) {
    for (const auto& k : known) {
        std::error_code error;
        StudyClip clip;
        clip.id = std::ssize(clips);
        clip.role = role;
        clip.name = k.path.filename().string();
        clip.path = k.path.string();
        clip.file_bytes = static_cast<int64_t>(fs::file_size(k.path, error));
        if (error) throw Error(ErrorCode::not_found, "There is no file " + clip.path, "Check the path.");
        clip.caption = k.caption;
        clip.known = k.answer;
        clip.feedback = k.feedback;
        clips.push_back(std::move(clip));
    }
}

}  // namespace

std::string default_instructions() {
    return "You will see short clips, each with a text. Watch the clip, as often as you like, and say whether the text "
           "describes the action shown in it. There are no right or wrong answers: what counts is how you see it. "
           "Skip a clip only if you cannot see it properly.";
}

std::vector<StudyClip> draw_study(const store::Project& project, const StudySetup& setup, int64_t* drawable) {
    const auto run = choose_run(project, setup.run);
    return drawn_clips(project, setup, run.id, choose_epoch(project, run, setup.epoch), drawable);
}

Study create_study(const store::Project& project, const StudySetup& setup) {
    const auto file = study_file(project.folder(), setup.name);
    if (setup.clips < 1) {
        throw Error(ErrorCode::invalid_argument, "A study of " + std::to_string(setup.clips) + " clips",
                    "Give at least one.");
    }
    const auto run = choose_run(project, setup.run);
    const int epoch = choose_epoch(project, run, setup.epoch);
    auto clips = drawn_clips(project, setup, run.id, epoch, nullptr);
    if (clips.empty()) {
        throw Error(ErrorCode::not_found,
                    "No video that epoch " + std::to_string(epoch) + " of run " + std::to_string(run.id) +
                        " has captioned can be read",
                    "See the videos' problems in the project.");
    }
    add_known(clips, setup.training, ClipRole::training);
    add_known(clips, setup.controls, ClipRole::control);
    StudyInfo info{.uuid = new_uuid(), .name = setup.name, .created = now_utc(), .settings = setup.settings};
    info.source = source_of(project, run, epoch);
    if (info.settings.instructions.empty()) info.settings.instructions = default_instructions();
    make_folder(studies_dir(project.folder()));
    return Study::create(file, info, clips);
}

}  // namespace rest::study
