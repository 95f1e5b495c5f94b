// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/export_study.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/base/parallel.h"
#include "core/study/assignment.h"
#include "core/study/small_clip_folder.h"

namespace rest::study {

namespace fs = std::filesystem;

namespace {

/// A folder that is deleted with its object.
class TemporaryFolder {
  public:
    explicit TemporaryFolder(const fs::path& beside) {
        std::string pattern = beside.string() + ".clips.XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw Error(ErrorCode::io, "Cannot make a folder beside " + beside.string(),
                        "Check that the folder exists and that you may write to it.");
        }
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

fs::path file_for(const fs::path& out) {
    fs::path file = out;
    if (file.extension() != ".study") file += ".study";
    if (fs::exists(fs::symlink_status(file))) {
        throw Error(ErrorCode::invalid_argument, "There is a file " + file.string() + " already",
                    "Choose another name; it may hold answers.");
    }
    return file;
}

/// Rated clips to include: the same again for an annotator who has a file already, else those that need more
/// annotators.
std::vector<int64_t> choose_rated(const Study& study, const Annotator& annotator, int64_t most) {
    auto chosen = annotator.uuid.empty() ? std::vector<int64_t>() : study.reserved(annotator.uuid);
    if (!chosen.empty()) return chosen;
    for (const int64_t clip : rating_order(study, annotator)) {
        if (study.clip(clip).role == ClipRole::rated) chosen.push_back(clip);
    }
    if (most > 0 && std::ssize(chosen) > most) chosen.resize(static_cast<size_t>(most));
    return chosen;
}

std::vector<Answer> answers_of(const Study& study, const Annotator& annotator) {
    auto log = study.answers();
    std::erase_if(log, [&](const Answer& a) { return a.annotator != annotator.uuid; });
    return log;
}

StudyClip without_clues(const Study& study, StudyClip clip, const Annotator& annotator) {
    clip.name.clear();
    clip.path.clear();
    clip.label.clear();
    clip.tam_right.reset();
    clip.file_bytes = clip.file_time_ns = 0;
    if (clip.role == ClipRole::control) clip.known.reset();
    if (clip.role != ClipRole::training) clip.feedback.clear();
    clip.people_elsewhere = clip.role == ClipRole::rated ? study.people_on(clip.id, annotator.uuid) : 0;
    return clip;
}

/// The annotators' file without the clips' bytes.
Study make_blank(const Study& study, const Annotator& annotator, std::span<const int64_t> rated, const fs::path& part) {
    StudyInfo info = study.info();
    info.source = {};
    info.exported = true;
    info.for_annotator = annotator.uuid;
    const auto own = answers_of(study, annotator);
    std::set<int64_t> wanted(rated.begin(), rated.end());
    for (const auto& a : own) wanted.insert(a.clip);
    std::vector<StudyClip> clips;
    for (const auto& clip : study.clips()) {
        if (clip.role != ClipRole::rated || wanted.contains(clip.id)) {
            clips.push_back(without_clues(study, clip, annotator));
        }
    }
    Study blank = Study::create(part, info, clips);
    if (annotator.uuid.empty()) return blank;
    blank.put_annotator(annotator);
    blank.take({}, own);
    blank.reserve(annotator.uuid, rated);
    return blank;
}

/// Re-encodes the clips, in parallel on all processors, and stores them in the file in order.
std::vector<Problem> put_clips(const Study& study, Study& blank, const SmallClipFolder& folder, Task& task) {
    const auto& clips = blank.clips();
    std::vector<std::optional<Problem>> problems(clips.size());
    task.begin("Clips for annotators", "clips", std::ssize(clips));
    const int64_t at_once = processor_count();
    for (int64_t start = 0; start < std::ssize(clips); start += at_once) {
        const int64_t count = std::min(at_once, std::ssize(clips) - start);
        parallel_for(count, [&](int64_t i) {
            const auto n = static_cast<size_t>(start + i);
            problems[n] = folder.make(study.clip(clips[n].id), task);
        });
        for (auto n = static_cast<size_t>(start); n < static_cast<size_t>(start + count); ++n) {
            const auto& original = study.clip(clips[n].id);
            if (!problems[n]) blank.put_clip_bytes(original.id, read_file(folder.file(original)));
        }
        task.advance(start + count);
        task.check();
    }
    std::vector<Problem> found;
    for (auto& problem : problems) {
        if (problem) found.push_back(std::move(*problem));
    }
    return found;
}

/// Renames the complete file.
void publish(const fs::path& part, const fs::path& file) {
    std::error_code error;
    fs::rename(part, file, error);
    if (!error) return;
    throw file_error("Cannot write", file, error.value());
}

}  // namespace

ExportResult export_study(Study& study, const ExportSettings& settings, Task& task) {
    ExportResult result{.file = file_for(settings.out)};
    // A new annotator is registered only once there is something to rate.
    auto annotator = study.find_annotator(settings.annotator).value_or(Annotator{.code = settings.annotator});
    const auto rated = choose_rated(study, annotator, settings.most_clips);
    if (rated.empty()) {
        throw Error(ErrorCode::invalid_argument,
                    "No clip of " + study.info().name + " wants another annotator: each has its " +
                        std::to_string(study.info().settings.answers_per_clip) +
                        " people, answers out elsewhere included",
                    "Release the clips of somebody whose file will not return.");
    }
    if (!settings.annotator.empty()) annotator = study.sign_in(settings.annotator);
    const TemporaryFolder temporary(result.file);
    const fs::path part = temporary.path() / "part.study";
    const SmallClipFolder folder(study, settings.clips, settings.cache.empty() ? temporary.path() : settings.cache);
    {
        Study blank = make_blank(study, annotator, rated, part);
        result.clips = std::ssize(blank.clips());
        result.problems = put_clips(study, blank, folder, task);
    }
    if (!annotator.uuid.empty()) study.reserve(annotator.uuid, rated);
    publish(part, result.file);
    result.bytes = static_cast<int64_t>(fs::file_size(result.file));
    return result;
}

}  // namespace rest::study
