// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "core/base/parallel.h"
#include "core/dataset/name_keys.h"
#include "core/engine/imports/import_job.h"
#include "core/engine/imports/probe_clip.h"
#include "core/store/import_problems.h"
#include "core/store/project.h"
#include "core/text/file_text.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr size_t kProblemsInLog = 50;
constexpr auto kBetweenStores = std::chrono::seconds(1);
constexpr int64_t kClipsPerThread = 8;  // handed out in one batch

std::string counted(int64_t n, const char* one, const char* many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

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
        for (auto& video : project_.videos()) known_.emplace(text::comparable_name(video.name), std::move(video));
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
        store();
        keep_problems();
        return summary();
    }

  private:
    void report_listing() {
        for (const auto& line : dataset::listing_lines(listing_)) context_.log(LogLevel::info, line);
        for (const auto& problem : listing_.problems) warn(problem.file, problem.message);
        report_moved();
    }

    /// A file with the name of a known clip but another path replaces it: logged if the old file still exists.
    void report_moved() {
        int64_t replaced = 0;
        for (const auto& clip : listing_.clips) {
            const store::VideoRecord* known = find(clip.name);
            if (known == nullptr || known->path == clip.path.string()) continue;
            std::error_code failed;
            replaced += fs::exists(known->path, failed);
        }
        if (replaced == 0) return;
        context_.log(LogLevel::warning,
                     fmt::format("{} had a name that the project knows from another place; the project now reads {}",
                                 counted(replaced, "clip", "clips"), listing_.root.string()));
    }

    void warn(const std::string& file, const std::string& message) {
        if (++warnings_ <= kProblemsInLog) context_.log(LogLevel::warning, file + ": " + message);
        if (warnings_ == kProblemsInLog + 1) context_.log(LogLevel::warning, "Further problems are not listed here");
    }

    const store::VideoRecord* find(const std::string& name) const {
        const auto at = known_.find(text::comparable_name(name));
        return at == known_.end() ? nullptr : &at->second;
    }

    void probe_all() {
        const int64_t n = std::ssize(listing_.clips);
        const int64_t at_once = kClipsPerThread * processor_count();
        context_.begin("Looking at clips", "clips", n);
        for (int64_t first = 0; first < n; first += at_once) {
            const int64_t count = std::min(at_once, n - first);
            probe(first, count);
            context_.advance(first + count);
            if (std::chrono::steady_clock::now() - stored_ >= kBetweenStores) store();
        }
    }

    /// Several clips in parallel. What was probed before a cancel is kept.
    void probe(int64_t first, int64_t count) {
        std::vector<store::VideoRecord> records(count);  // without a name until probed
        const auto keep = [&] {
            for (auto& record : records) {
                if (record.name.empty()) continue;
                if (!record.problem.empty()) {
                    ++unreadable_;
                    warn(record.path, record.problem);
                }
                pending_.push_back(std::move(record));
            }
        };
        try {
            parallel_for(count, [&](int64_t i) {
                context_.check();
                const dataset::ClipEntry& clip = listing_.clips[first + i];
                records[i] = probe_clip(clip, clip.label < 0 ? -1 : labels_.at(clip.label), find(clip.name),
                                        [&] { context_.check(); });
            });
        } catch (const Cancelled&) {
            keep();
            throw;
        }
        keep();
    }

    void store() {
        stored_ = std::chrono::steady_clock::now();
        if (pending_.empty()) return;
        project_.put_videos(pending_);
        pending_.clear();
        context_.emit(VideosChanged{context_.id(), project_.identity()});
    }

    void keep_problems() {
        std::error_code error;
        const auto source = fs::weakly_canonical(source_, error);
        store::keep_import_problems(project_, error ? source_ : source, listing_.problems);
        context_.emit(VideosChanged{context_.id(), project_.identity()});
    }

    std::string summary() const {
        std::string line = counted(std::ssize(listing_.clips), "clip", "clips") + ", " +
                           counted(std::ssize(listing_.classes), "class", "classes");
        if (unreadable_ > 0) line += fmt::format(", {} cannot be read", unreadable_);
        if (!listing_.problems.empty()) line += fmt::format(", {} passed over", listing_.problems.size());
        return line;
    }

    JobContext& context_;
    fs::path source_;
    store::Project project_;
    dataset::DatasetListing listing_;
    std::vector<int> labels_;                                    // listing's class index -> project's
    std::unordered_map<std::string, store::VideoRecord> known_;  // by comparable name
    std::vector<store::VideoRecord> pending_;
    std::chrono::steady_clock::time_point stored_ = std::chrono::steady_clock::now();
    int64_t unreadable_ = 0;
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
