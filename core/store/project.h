// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/store/records.h"
#include "core/store/run_ref.h"

namespace rest::store {

struct ProjectModels {
    std::string captioner;  // folder, absolute; empty: the demo model
    std::string clip;

    bool operator==(const ProjectModels&) const = default;
};

enum class OpenMode { read_write, read_only };

/// A project folder `NAME.rest/`: project.sqlite (WAL) beside features/, checkpoints/ and frames/.
///
/// Everything that cannot be recomputed is in SQLite and committed before the call returns. One object per thread and
/// connection; several objects (also in several processes) may read while one writes. Only one program at a time holds
/// the project for writing (a lock file released when its process dies). Every call throws Error on a database failure,
/// naming the project: damaged, no_space, busy, newer_version.
class Project {
  public:
    /// Creates the folder (adding ".rest" to its name if missing). Throws if something exists there already.
    static Project create(const std::filesystem::path& folder, const ProjectModels& models = {});
    /// Migrates an older one in a transaction; refuses a newer one (newer_version) and a file that is not a project
    /// (unsupported, damaged). For writing, the whole database is checked first (quick_check); for reading, only enough
    /// to detect truncation, so that opening is fast and several may be open. Reading also works without write
    /// permission. Also throws not_found and, for writing, busy.
    static Project open(const std::filesystem::path& folder, OpenMode mode = OpenMode::read_write);
    /// Whether the folder contains a project.sqlite.
    static bool is_project(const std::filesystem::path& folder);

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    ~Project();

    const std::filesystem::path& folder() const;
    /// The same for every path to the folder, links resolved: distinguishes this project from others.
    const std::filesystem::path& identity() const;
    RunRef ref(RunId run) const { return {identity(), run}; }
    std::filesystem::path features_dir() const;
    std::filesystem::path checkpoints_dir(RunId run) const;  // created on demand
    std::filesystem::path frames_dir() const;
    ProjectModels models() const;
    void set_models(const ProjectModels& models);
    /// A label for data that is not real-world data ("demo"); empty for a user's project. Shown in every title.
    std::string kind() const;
    void set_kind(const std::string& kind);

    // Dataset. Names of videos are unique; adding an existing one updates it and keeps its id.
    void set_classes(std::span<const std::string> names);
    std::vector<std::string> classes() const;
    void put_videos(std::span<const VideoRecord> videos);
    std::vector<VideoRecord> videos() const;  // ordered by id
    std::optional<VideoRecord> video(VideoId id) const;
    std::optional<VideoRecord> video(const std::string& name) const;
    int64_t video_count() const;

    // Runs.
    RunId add_run(const std::string& name, const std::string& settings_json, RunKind kind = RunKind::training);
    void set_run_status(RunId run, RunStatus status, const std::string& message = {});
    void set_run_epoch(RunId run, int epoch);
    std::vector<RunRecord> runs() const;  // oldest first
    std::optional<RunRecord> run(RunId id) const;
    /// The newest of this kind; later baselines do not count as training.
    std::optional<RunRecord> latest_run(RunKind kind = RunKind::training) const;
    /// The requested trained run, or the latest one. Throws Error (not_found) that says how to get one.
    RunRecord trained_run(std::optional<RunId> asked = {}) const;

    /// The clips that a run started with, in its order. Written once, all together.
    void put_run_clips(RunId run, std::span<const RunClip> train, std::span<const RunClip> evaluation);
    std::vector<RunClip> run_clips(RunId run, RunClipRole role) const;

    // Captions. put_step() writes a step in one transaction, which makes it visible to captions().
    void add_generated(RunId run, std::span<const GeneratedCaption> captions);
    /// lists[n] belongs to videos[n]; rank is the position. Also sets the run's step. Replaces the same step of the
    /// same run (a resumed run writes it again, identically).
    void put_step(RunId run, int step, std::span<const VideoId> videos,
                  std::span<const std::vector<CaptionRecord>> lists);
    std::vector<GeneratedCaption> generated(RunId run, int step) const;             // ordered by video
    std::vector<GeneratedCaption> generated_for(RunId run, VideoId video) const;    // ordered by step
    std::vector<CaptionRecord> captions(RunId run, VideoId video) const;            // finished steps, best first
    std::vector<CaptionRecord> captions(RunId run, VideoId video, int step) const;  // W_i of one step
    std::vector<std::vector<std::string>> caption_texts(RunId run, int step, std::span<const VideoId> videos) const;
    int last_step(RunId run) const;  // -1 before the first

    // Curves and evaluations.
    void add_metrics(RunId run, std::span<const MetricPoint> points);
    std::vector<MetricPoint> metrics(RunId run, const std::string& name) const;  // by position
    /// Deletes curve points after an epoch's end, when a run resumes from that epoch's checkpoint.
    void trim_metrics(RunId run, int64_t after_batch, int after_epoch);
    void put_predictions(RunId run, int epoch, std::span<const PredictionRecord> predictions);
    std::vector<PredictionRecord> predictions(RunId run, int epoch) const;
    std::vector<int> prediction_epochs(RunId run) const;
    std::vector<std::pair<int, PredictionRecord>> predictions_for(RunId run, VideoId video) const;  // (epoch, ...)

    // Generic settings (window state does not belong here).
    void set_setting(const std::string& name, const std::string& value);
    std::optional<std::string> setting(const std::string& name) const;

    struct Impl;  // private to the store

  private:
    explicit Project(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::store
