// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/merge_study.h"

#include <algorithm>
#include <set>

namespace rest::study {

namespace fs = std::filesystem;

namespace {

Problem refusal(ErrorCode code, const fs::path& file, const std::string& message, const std::string& remedy) {
    return {code, file.string(), message, remedy};
}

/// Why the file does not belong to this study, even if it claims to; empty if it does.
std::optional<Problem> foreign(const Study& study, const Study& returned) {
    const auto& file = returned.file();
    if (returned.info().uuid != study.info().uuid) {
        return refusal(ErrorCode::invalid_argument, file,
                       file.string() + " belongs to another study (" + returned.info().name + ")",
                       "Merge it into the study that it was exported from.");
    }
    for (const auto& clip : returned.clips()) {
        const auto& clips = study.clips();
        const auto own = std::lower_bound(clips.begin(), clips.end(), clip.id,
                                          [](const StudyClip& c, int64_t id) { return c.id < id; });
        if (own == clips.end() || own->id != clip.id || own->role != clip.role || own->caption != clip.caption) {
            return refusal(ErrorCode::damaged, file,
                           file.string() + " shows something else as clip " + std::to_string(clip.id) +
                               " than the study does: it was altered",
                           "Ask for the file once more.");
        }
    }
    return std::nullopt;
}

/// Annotators with entries in the log; others only signed in.
std::vector<Annotator> who_answered(const Study& returned, const std::vector<Answer>& answers) {
    std::set<std::string> active;
    for (const auto& a : answers) active.insert(a.annotator);
    auto people = returned.annotators();
    std::erase_if(people, [&](const Annotator& a) { return !active.contains(a.uuid); });
    return people;
}

/// Errors caused by the file: it contradicts the study, or violates its constraints. Any other stops the merge.
bool is_refusal(ErrorCode code) {
    return code == ErrorCode::damaged || code == ErrorCode::invalid_argument;
}

struct Returned {
    std::vector<Annotator> people;
    std::vector<Answer> answers;
};

Expected<Returned> read_returned(const Study& study, const fs::path& file) {
    try {
        const Study returned = Study::open(file, store::OpenMode::read_only);
        if (auto problem = foreign(study, returned)) return tl::unexpected(*problem);
        Returned r{.answers = returned.answers()};
        r.people = who_answered(returned, r.answers);
        return r;
    } catch (const Error& e) {
        return tl::unexpected(refusal(e.code(), file, e.what(), e.remedy()));
    }
}

MergedFile merge_one(Study& study, const fs::path& file) {
    MergedFile merged{.file = file};
    const auto returned = read_returned(study, file);
    if (!returned) {
        merged.refused = returned.error();
        return merged;
    }
    try {
        merged.taken = study.take(returned->people, returned->answers);
    } catch (const Error& e) {
        if (!is_refusal(e.code())) throw;
        merged.refused = refusal(e.code(), file, file.string() + ": " + e.what(), e.remedy());
    }
    return merged;
}

}  // namespace

std::vector<MergedFile> merge_study(Study& study, std::span<const fs::path> files, Task& task) {
    std::vector<MergedFile> merged;
    task.begin("Merging", "files", std::ssize(files));
    for (const auto& file : files) {
        task.check();
        merged.push_back(merge_one(study, file));
        task.advance(std::ssize(merged));
    }
    return merged;
}

}  // namespace rest::study
