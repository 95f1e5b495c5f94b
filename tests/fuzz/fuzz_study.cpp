// SPDX-License-Identifier: GPL-3.0-or-later
// A study's SQLite file, as an annotator might send one back: opened for reading and for rating, all of it read.
#include <sqlite3.h>

#include "core/study/rating_session.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

void read_all(const study::Study& study) {
    promise(study.info().uuid.size() == 32, "a study has an identity");
    for (const auto& clip : study.clips()) {
        promise(clip.path.empty(), "paths in a file of others count for nothing");
        const auto source = study.source(clip.id);
        promise(source.path.empty() && (source.bytes.empty() != source.problem.empty()), "a clip is inside or missing");
    }
    for (const auto& person : study.annotators()) study.reserved(person.uuid);
    for (const auto& answer : study.answers()) {
        promise(answer.choice >= study::Choice::no && answer.choice <= study::Choice::withdrawn,
                "answers are some that there are");
        study.clip(answer.clip);
    }
    study.current_answers();
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    static Scratch scratch;
    // A single thread: without its locks SQLite is a fifth faster here.
    [[maybe_unused]] static const int one_thread = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    const auto path = scratch.put("made.study", bytes);
    const auto outcome = outcome_of(
        [&] {
            read_all(study::Study::open(path, store::OpenMode::read_only));
            study::Study study = study::Study::open(path);
            study::RatingSession session(study, "anna");
            if (session.current() != nullptr) session.skip("dark", {});
        },
        "made.study");
    scratch.tidy();
    return outcome;
}

}  // namespace rest::fuzz
