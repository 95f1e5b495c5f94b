// SPDX-License-Identifier: GPL-3.0-or-later
// A project's database: opened for reading and for writing, all of it read.
#include <sqlite3.h>

#include "core/store/project.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

void read_run(const store::Project& project, const store::RunRecord& run, store::VideoId video) {
    project.generated(run.id, 0);
    project.generated_for(run.id, video);
    project.captions(run.id, video);
    project.caption_texts(run.id, run.step, std::vector<store::VideoId>{video});
    project.metrics(run.id, "loss");
    for (const int epoch : project.prediction_epochs(run.id)) project.predictions(run.id, epoch);
    project.predictions_for(run.id, video);
}

void read_all(const store::Project& project) {
    project.models();
    project.kind();
    project.setting("seed");
    project.classes();
    const auto videos = project.videos();
    for (const auto& video : videos) {
        promise(video.split >= dataset::Split::train && video.split <= dataset::Split::test,
                "a split is one that there is");
    }
    for (const auto& run : project.runs()) read_run(project, run, videos.empty() ? 1 : videos.front().id);
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    // A single thread: without its locks SQLite is a fifth faster here.
    [[maybe_unused]] static const int one_thread = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    scratch.put("made.rest/project.sqlite", bytes);
    const auto folder = scratch.folder() / "made.rest";
    const auto outcome = outcome_of(
        [&] {
            read_all(store::Project::open(folder, store::OpenMode::read_only));
            read_all(store::Project::open(folder));
        },
        "made.rest");
    scratch.tidy();
    return outcome;
}

}  // namespace rest::fuzz
