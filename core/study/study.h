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

/// Where a clip is to be read from: a file, or the bytes of one (MP4) when the study has its clips inside.
struct ClipSource {
    std::filesystem::path path;
    std::string bytes;    // when not empty, instead of `path`
    std::string problem;  // not empty: the clip cannot be shown, and why; tells no name, as people who rate read it
};

/// What taking over another file's answers did.
struct TakenAnswers {
    int64_t added = 0;
    int64_t already_there = 0;
    int annotators_added = 0;
    std::vector<std::string> renamed;  // "anna is now anna (2)": two people with one code stay two
};

/// A study: one SQLite file, `PROJECT.rest/studies/NAME.study` or one that was exported for annotators with the clips
/// inside. Both have the same form and open alike.
///
/// Every change is on the disk, in this file alone, when the call returns. Files of any origin may be opened: only the
/// tables we know are accepted, rows are held against their rules, and paths inside count only in a project's own
/// studies folder. Several objects and processes may use one file; one object per thread. Every call throws Error:
/// damaged, no_space, busy, io.
class Study {
  public:
    /// Throws Error (invalid_argument) when there is a file already or the clips make no study.
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
    /// Reads the clip's bytes when they are inside, else says where its file is.
    ClipSource source(int64_t clip) const;
    /// Throws Error (invalid_argument) above 64 MiB.
    void put_clip_bytes(int64_t clip, const std::string& bytes);

    std::vector<Annotator> annotators() const;                               // by code: the sign-in list
    std::optional<Annotator> find_annotator(const std::string& code) const;  // as sign_in(), but adds nobody
    /// The annotator with this code (blanks and case do not count), new when there is none. Throws Error
    /// (invalid_argument) for an empty or overlong code, or when the file is for another annotator.
    Annotator sign_in(const std::string& code);
    /// Adds one with the identity that he or she has elsewhere.
    void put_annotator(const Annotator& annotator);

    /// Adds to the log; fills in sequence and time. An acknowledged answer is on the disk.
    Answer record(Answer answer);
    std::vector<Answer> answers() const;  // the whole log, by (annotator, sequence, time, sitting)
    /// The last of each annotator and clip, withdrawn ones among them.
    std::vector<Answer> current_answers() const;
    /// How many people besides `annotator` (uuid) have answered yes or no, have the clip reserved without having
    /// skipped it, or rate it in other files.
    int people_on(int64_t clip, const std::string& annotator) const;

    /// Clips that are set aside for an annotator who rates elsewhere.
    void reserve(const std::string& annotator, std::span<const int64_t> clips);
    /// Gives back what an annotator has not answered, when the file is not going to return.
    void release(const std::string& annotator);
    std::vector<int64_t> reserved(const std::string& annotator) const;  // ascending

    /// Adds answers made elsewhere, all or none; what is there already is not added again. Throws Error (damaged) when
    /// one contradicts an answer that is there.
    TakenAnswers take(std::span<const Annotator> annotators, std::span<const Answer> answers);

    struct Impl;  // the study's own

  private:
    explicit Study(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Why a clip's own file cannot be shown; empty when it is there and has its size of when the study was made.
std::string file_problem(const StudyClip& clip);

/// The folder of a project's studies.
std::filesystem::path studies_dir(const std::filesystem::path& project);
/// Its study files, by name.
std::vector<std::filesystem::path> studies_in(const std::filesystem::path& project);
/// The file for a study's name. Throws Error (invalid_argument) for a name that is no plain file name.
std::filesystem::path study_file(const std::filesystem::path& project, const std::string& name);
/// The named study's file, or the only one when the name is empty. Throws Error (not_found; invalid_argument when there
/// are several to choose from).
std::filesystem::path find_study(const std::filesystem::path& project, const std::string& name);

}  // namespace rest::study
