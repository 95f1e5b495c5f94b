// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/export_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/interchange/exporters.h"

namespace rest::interchange {
namespace {

namespace fs = std::filesystem;

/// A format and how it is written: as a file or as a folder, one of the two.
struct Exporter {
    Format format;
    const char* items;  // what is counted
    int64_t (*file)(const RunSource&, const ExportRequest&, std::ostream&, Task&) = nullptr;
    int64_t (*folder)(const RunSource&, const ExportRequest&, const fs::path&, Task&) = nullptr;
};

constexpr std::array kExporters = {
    Exporter{.format = {"captions-csv", "Captions of every step (CSV)",
                        "Every caption that a video kept, step by step, with CLIP score and origin; for spreadsheets "
                        "and pandas.",
                        "csv"},
             .items = "captions",
             .file = [](const RunSource& source, const ExportRequest&, std::ostream& out,
                        Task& task) { return write_captions_csv(source, out, task); }},
    Exporter{.format = {"captions-jsonl", "Captions of every step (JSON lines)", "The same, one JSON object a line.",
                        "jsonl"},
             .items = "captions",
             .file = [](const RunSource& source, const ExportRequest&, std::ostream& out,
                        Task& task) { return write_captions_jsonl(source, out, task); }},
    Exporter{
        .format = {"predictions-csv", "Predictions of an epoch (CSV)",
                   "Caption, class that CLIP-TAM reads, and rank of the true class of each measured video.", "csv"},
        .items = "predictions",
        .file =
            [](const RunSource& source, const ExportRequest& request, std::ostream& out, Task& task) {
                return write_predictions_csv(source, measured_epoch(source, request.epoch), out, task);
            }},
    Exporter{.format = {"predictions-jsonl", "Predictions of an epoch (JSON lines)",
                        "The same, one JSON object a line.", "jsonl"},
             .items = "predictions",
             .file =
                 [](const RunSource& source, const ExportRequest& request, std::ostream& out, Task& task) {
                     return write_predictions_jsonl(source, measured_epoch(source, request.epoch), out, task);
                 }},
    Exporter{.format = {"html", "Report (one HTML file)",
                        "Figures, curves, settings and a gallery of videos with their captions step by step; opens in "
                        "any browser, without a network.",
                        "html"},
             .items = "pages",
             .file =
                 [](const RunSource& source, const ExportRequest& request, std::ostream& out, Task& task) {
                     return write_html(source, any_measured_epoch(source, request.epoch), request.videos, out, task);
                 }},
    Exporter{.format = {"webvtt", "Subtitles (WebVTT)",
                        "A .vtt file for each video with its newest caption; beside the videos, players show it.", ""},
             .items = "videos",
             .folder =
                 [](const RunSource& source, const ExportRequest& request, const fs::path& folder, Task& task) {
                     return write_subtitles(source, any_measured_epoch(source, request.epoch), folder, task);
                 }},
    Exporter{.format = {"tensorboard", "Curves (TensorBoard)", "A log folder, for tensorboard --logdir.", ""},
             .items = "points of curves",
             .folder = [](const RunSource& source, const ExportRequest&, const fs::path& folder,
                          Task& task) { return write_curves(source, folder, task); }},
    Exporter{.format = {"fiftyone", "Data set (FiftyOne)",
                        "Videos with class, captions of every step and predictions, as FiftyOne's "
                        "FiftyOneTemporalDetectionDataset.",
                        ""},
             .items = "videos",
             .folder =
                 [](const RunSource& source, const ExportRequest& request, const fs::path& folder, Task& task) {
                     return write_fiftyone(source, any_measured_epoch(source, request.epoch), folder, task);
                 }},
    Exporter{
        .format = {"label-studio", "Tasks (Label Studio)",
                   "tasks.json with the run's predictions, and config.xml, the labelling interface they need.", ""},
        .items = "videos",
        .folder =
            [](const RunSource& source, const ExportRequest& request, const fs::path& folder, Task& task) {
                return write_label_studio(source, any_measured_epoch(source, request.epoch), folder, task);
            }},
};

constexpr auto kFormats = [] {
    std::array<Format, kExporters.size()> formats;
    std::ranges::transform(kExporters, formats.begin(), &Exporter::format);
    return formats;
}();

const Exporter& find_exporter(std::string_view name) {
    const auto found = std::ranges::find(kExporters, name, [](const Exporter& e) { return e.format.name; });
    if (found != kExporters.end()) return *found;
    std::vector<std::string_view> names;
    for (const auto& format : kFormats) names.push_back(format.name);
    throw Error(ErrorCode::invalid_argument, fmt::format("There is no format \"{}\"", name),
                fmt::format("Use one of: {}.", fmt::join(names, ", ")));
}

void require_some(int64_t items, const Exporter& exporter, const RunSource& source) {
    if (items > 0) return;
    throw Error(ErrorCode::not_found,
                fmt::format("Run {} of {} has no {} to export", source.run.id, source.project.folder().string(),
                            exporter.items),
                "Train or evaluate first, or choose another run.");
}

/// A folder beside the one to make, removed again unless it was renamed to it.
class UnfinishedFolder {
  public:
    explicit UnfinishedFolder(const fs::path& out) : folder_(out.string() + ".part") {
        remove_folder(folder_);  // of an export that was killed
        make_folder(folder_);
    }
    UnfinishedFolder(const UnfinishedFolder&) = delete;
    UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;
    ~UnfinishedFolder() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    const fs::path& path() const { return folder_; }

  private:
    fs::path folder_;
};

}  // namespace

std::span<const Format> formats() {
    return kFormats;
}

const Format& find_format(std::string_view name) {
    return find_exporter(name).format;
}

ExportResult export_run(const ExportRequest& request, Task& task) {
    const auto& exporter = find_exporter(request.format);
    const auto out = fs::absolute(request.out).lexically_normal();
    if (fs::exists(fs::symlink_status(out)))
        throw Error(ErrorCode::invalid_argument, "There is something at " + out.string() + " already",
                    "Choose another name; nothing is overwritten.");
    const auto source = open_run(request.project, request.run);
    int64_t items = 0;
    if (exporter.file) {
        make_folder(out.parent_path());
        write_file_atomically(out, [&](std::ostream& stream) {
            items = exporter.file(source, request, stream, task);
            require_some(items, exporter, source);
        });
    } else {
        const UnfinishedFolder unfinished(out);
        items = exporter.folder(source, request, unfinished.path(), task);
        require_some(items, exporter, source);
        rename_folder(unfinished.path(), out);
    }
    return {.out = out, .items = items, .unit = exporter.items};
}

}  // namespace rest::interchange
