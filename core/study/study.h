// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/store/project.h"
#include "core/study/records.h"

namespace rest::study {

/// The source of a clip: a file, or its bytes (MP4) if the study contains its clips.
struct ClipSource {
    std::filesystem::path path;
    std::string bytes;    // if not empty, used instead of `path`
    std::string problem;  // if not empty, why the clip cannot be shown; contains no names, as annotators read it
};

/// The result of merging another file's answers.
struct TakenAnswers {
    int64_t added = 0;
    int64_t already_there = 0;
    int annotators_added = 0;
    std::vector<std::string> renamed;  // "anna is now anna (2)": two people with one code stay separate
};

/// A study: one SQLite file, `PROJECT.rest/studies/NAME.study` or one that was exported for annotators with the clips
/// inside. Both have the same format and are opened alike.
///
/// Every change is on disk, in this file alone, when the call returns. Files of any origin may be opened: only known
/// tables are accepted, rows are validated against their constraints, and paths inside are used only in a project's own
/// studies folder. Several objects and processes may use one file; one object per thread. Every call throws Error:
/// damaged, no_space, busy, io.
class Study {
  public:
    /// Throws Error (invalid_argument) if the file exists already or the clips are invalid.
    static Study create(const std::filesystem::path& file, const StudyInfo& info, std::span<const StudyClip> clips);
    /// Throws Error (not_found, unsupported, newer_version, damaged).
    static Study open(const std::filesystem::path& file, store::OpenMode mode = store::OpenMode::read_write);

    Study(Study&&) noexcept;
    Study& operator=(Study&&) noexcept;
    ~Study();

    const std::filesystem::path& file() const;
    const StudyInfo& info() const;
    /// By id. The frozen set is read once.
    const std::vector<StudyClip>& clips() const;
    /// Throws Error (not_found).
    const StudyClip& clip(int64_t id) const;
    /// Reads the clip's bytes if they are inside, else returns where its file is.
    ClipSource source(int64_t clip) const;
    /// Throws Error (invalid_argument) above 64 MiB.
    void put_clip_bytes(int64_t clip, const std::string& bytes);

    std::vector<Annotator> annotators() const;                               // by code: the sign-in list
    std::optional<Annotator> find_annotator(const std::string& code) const;  // as sign_in(), but adds nobody
    /// The annotator with this code (ignoring whitespace and case), created if unknown. Throws Error (invalid_argument)
    /// for an empty or overlong code, or if the file is for another annotator.
    Annotator sign_in(const std::string& code);
    /// Adds an annotator with an existing uuid.
    void put_annotator(const Annotator& annotator);

    /// Appends to the log; sets sequence and time. The answer is on disk on return.
    Answer record(Answer answer);
    std::vector<Answer> answers() const;  // the whole log, by (annotator, sequence, time, sitting)
    /// The last of each annotator and clip, withdrawn ones included.
    std::vector<Answer> current_answers() const;
    /// The number of people other than `annotator` (uuid) who have answered yes or no, have reserved the clip without
    /// skipping it, or rate it in other files.
    int people_on(int64_t clip, const std::string& annotator) const;

    /// Reserves clips for an annotator who rates elsewhere.
    void reserve(const std::string& annotator, std::span<const int64_t> clips);
    /// Releases an annotator's unanswered clips, if the file will not be returned.
    void release(const std::string& annotator);
    std::vector<int64_t> reserved(const std::string& annotator) const;  // ascending

    /// Adds answers given elsewhere, all or none; existing ones are not added again. Throws Error (damaged) if one
    /// contradicts an existing answer.
    TakenAnswers take(std::span<const Annotator> annotators, std::span<const Answer> answers);

    struct Impl;  // private to the study

  private:
    explicit Study(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Why a clip's own file cannot be shown; empty if it exists with the same size as when the study was created.
std::string file_problem(const StudyClip& clip);

/// The folder of a project's studies.
std::filesystem::path studies_dir(const std::filesystem::path& project);
/// Its study files, by name.
std::vector<std::filesystem::path> studies_in(const std::filesystem::path& project);
/// The file for a study's name. Throws Error (invalid_argument) for a name that is not a plain file name.
std::filesystem::path study_file(const std::filesystem::path& project, const std::string& name);
/// The named study's file, or the only one if the name is empty. Throws Error (not_found; invalid_argument if there are
/// several to choose from).
std::filesystem::path find_study(const std::filesystem::path& project, const std::string& name);

}  // namespace rest::study
