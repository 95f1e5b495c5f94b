// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <unordered_map>
#include <unordered_set>

#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/dataset/names/name_keys.h"
#include "core/engine/imports/import_counts.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/imports/known_videos.h"
#include "core/engine/imports/probe_clip.h"
#include "core/store/import_problems.h"
#include "core/store/project.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr size_t kProblemsInLog = 50;
constexpr auto kBetweenStores = std::chrono::seconds(1);
constexpr int64_t kClipsPerThread = 8;  // handed out in one batch

/// The project's classes followed by those it lacks, whatever their spelling; `labels` maps the listing's indices to
/// the project's.
std::vector<std::string> merge_classes(std::vector<std::string> classes, const std::vector<std::string>& listed,
                                       std::vector<int>& labels) {
    std::unordered_map<std::string, int> index;
    for (size_t i = 0; i < classes.size(); ++i) index.emplace(dataset::class_key(classes[i]), static_cast<int>(i));
    for (const auto& name : listed) {
        const auto [at, is_new] = index.emplace(dataset::class_key(name), static_cast<int>(classes.size()));
        if (is_new) classes.push_back(name);
        labels.push_back(at->second);
    }
    return classes;
}

/// One execution of the job.
class Import {
  public:
    Import(const ImportParams& params, JobContext& context)
        : context_(context), source_(params.source), project_(store::Project::open(params.project)) {
        listing_ = dataset::scan_dataset(params.source, {params.layout, params.folders}, context);
        before_ = project_.videos();
        known_ = known_videos(before_, listing_.clips);
    }

    std::string run() {
        report_listing();
        const auto before = project_.classes();
        const auto classes = merge_classes(before, listing_.classes, labels_);
        if (classes != before) project_.set_classes(classes);
        try {
            probe_all();
        } catch (const Cancelled&) {
            store();
            throw;
        }
        mark_gone();
        report_stills();
        project_.put_videos(pending_);
        keep_problems();
        changed();
        return summary();
    }

  private:
    void report_listing() {
        for (const auto& line : dataset::listing_lines(listing_)) context_.log(LogLevel::info, line);
        for (const auto& problem : listing_.problems) warn(problem.file, problem.message);
        report_known();
    }

    /// Another file under a name that the project has takes its place: said when the old file is still there. A file
    /// that the project has under another name keeps that, since it would else be there twice.
    void report_known() {
        int64_t replaced = 0;
        dataset::Counted named_otherwise;
        for (size_t i = 0; i < known_.size(); ++i) {
            const auto& clip = listing_.clips[i];
            const auto* row = known_[i].row;
            if (row != nullptr && row->path != clip.path.string()) {
                std::error_code failed;
                replaced += fs::exists(row->path, failed);
            }
            if (known_[i].name != clip.name) named_otherwise.add(clip.name + " as " + known_[i].name);
        }
        if (replaced > 0) {
            context_.log(LogLevel::warning,
                         fmt::format("{} had the name of a clip imported from another place; the project now reads {}",
                                     counted(replaced, "clip", "clips"), listing_.root.string()));
        }
        if (named_otherwise.count > 0) {
            context_.log(LogLevel::info, fmt::format("{} in the project under another name, such as {}",
                                                     counted(named_otherwise.count, "clip is", "clips are"),
                                                     named_otherwise.examples.front()));
        }
    }

    void warn(const std::string& file, const std::string& message) {
        if (++warnings_ <= kProblemsInLog) context_.log(LogLevel::warning, file + ": " + message);
        if (warnings_ == kProblemsInLog + 1) context_.log(LogLevel::warning, "Further problems are not listed here");
    }

    void probe_all() {
        const int64_t n = std::ssize(listing_.clips);
        const int64_t at_once = kClipsPerThread * processor_count();
        context_.begin("Examining clips", "clips", n);
        for (int64_t first = 0; first < n; first += at_once) {
            const int64_t count = std::min(at_once, n - first);
            probe(first, count);
            if (std::chrono::steady_clock::now() - stored_ >= kBetweenStores) store();
            context_.advance(first + count);
        }
    }

    /// Several clips in parallel. What was probed before a cancel is kept.
    void probe(int64_t first, int64_t count) {
        std::vector<store::VideoRecord> records(count);  // without a name until probed
        const auto keep = [&] {
            for (int64_t i = 0; i < count; ++i) {
                if (records[i].name.empty()) continue;
                count_clip(records[i], known_[first + i].row);
                pending_.push_back(std::move(records[i]));
            }
        };
        try {
            parallel_for(count, [&](int64_t i) {
                context_.check();
                const dataset::ClipEntry& clip = listing_.clips[first + i];
                records[i] = probe_clip(clip, clip.label < 0 ? -1 : labels_.at(clip.label), known_[first + i],
                                        [&] { context_.check(); });
            });
        } catch (const Cancelled&) {
            keep();
            throw;
        }
        keep();
    }

    void count_clip(const store::VideoRecord& record, const store::VideoRecord* row) {
        if (record.frames == 1) stills_.add(record.name);
        if (!record.problem.empty()) {
            ++counts_.unreadable;
            warn(record.path, record.problem);
        }
        if (row == nullptr) {
            ++counts_.fresh;
            return;
        }
        ++(is_same_file(record, *row) ? counts_.unchanged : counts_.changed);
        counts_.relabelled += record.split != row->split || record.label != row->label;
    }

    /// What an earlier import found where this one looked: files that are gone are no videos to train or measure on.
    void mark_gone() {
        std::unordered_set<store::VideoId> met;
        for (const auto& known : known_) {
            if (known.row != nullptr) met.insert(known.row->id);
        }
        dataset::Counted gone, left;
        for (auto& video : before_) {
            if (met.contains(video.id) || !store::lies_in(video.path, listing_.root)) continue;
            context_.check();
            std::error_code failed;
            if (fs::exists(video.path, failed)) {
                left.add(video.name);
                continue;
            }
            gone.add(video.name);
            video.problem = "The file is not there any more";
            video.remedy = "Put it back and import again, or go on without it.";
            pending_.push_back(video);
        }
        counts_.gone = gone.count;
        if (gone.count > 0) {
            context_.log(LogLevel::warning, fmt::format("{} the project has lay here and {} gone: {}",
                                                        counted(gone.count, "video that", "videos that"),
                                                        gone.count == 1 ? "is" : "are", some_of(gone.examples, 5)));
        }
        if (left.count > 0) {
            context_.log(LogLevel::info,
                         fmt::format("{} of earlier imports that this one does not name stay in the project as they "
                                     "are: {}",
                                     counted(left.count, "video", "videos"), some_of(left.examples, 5)));
        }
    }

    /// A picture that does not move shows no action: a download may have left the first frame, or a GIF is none.
    void report_stills() {
        if (stills_.count == 0) return;
        context_.log(LogLevel::warning,
                     fmt::format("{} a single frame: {}", counted(stills_.count, "clip has", "clips have"),
                                 some_of(stills_.examples, dataset::Counted::kExamples)));
    }

    void store() {
        stored_ = std::chrono::steady_clock::now();
        if (pending_.empty()) return;
        project_.put_videos(pending_);
        pending_.clear();
        changed();
    }

    void changed() { context_.emit(VideosChanged{context_.id(), project_.identity()}); }

    /// With whole paths: lists name files from where they lie.
    void keep_problems() {
        auto problems = listing_.problems;
        for (auto& problem : problems) problem.file = (listing_.root / problem.file).lexically_normal().string();
        store::keep_import_problems(project_, source_, std::move(problems));
    }

    std::string summary() {
        counts_.clips = std::ssize(listing_.clips);
        counts_.classes = std::ssize(listing_.classes);
        counts_.problems = std::ssize(listing_.problems);
        return words_of(counts_);
    }

    JobContext& context_;
    fs::path source_;
    store::Project project_;
    dataset::DatasetListing listing_;
    std::vector<int> labels_;                 // listing's class index -> project's
    std::vector<store::VideoRecord> before_;  // the project's
    std::vector<KnownVideo> known_;           // of each clip, into before_
    std::vector<store::VideoRecord> pending_;
    std::chrono::steady_clock::time_point stored_ = std::chrono::steady_clock::now();
    ImportCounts counts_;
    dataset::Counted stills_;
    size_t warnings_ = 0;
};

class ImportJob final : public Job {
  public:
    explicit ImportJob(ImportParams params) : params_(std::move(params)) {}
    std::filesystem::path project() const override { return params_.project; }
    std::string title() const override { return "Import " + params_.source.string(); }
    std::string run(JobContext& context) override { return Import(params_, context).run(); }

  private:
    ImportParams params_;
};

}  // namespace

std::unique_ptr<Job> make_import_job(const ImportParams& params) {
    return std::make_unique<ImportJob>(params);
}

}  // namespace rest::engine
