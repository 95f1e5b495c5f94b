// SPDX-License-Identifier: GPL-3.0-or-later
// What export_run() chooses from. For this room alone: a file's exporter is given its stream, a folder's the empty
// folder. Each returns how many items it wrote; 0 makes export_run() refuse an empty result. All obey the task.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/base/task.h"
#include "core/interchange/run_source.h"

namespace rest::interchange {

/// One caption a row: every member of every step's W_i with its origin.
int64_t write_captions_csv(const RunSource& source, std::ostream& out, Task& task);
int64_t write_captions_jsonl(const RunSource& source, std::ostream& out, Task& task);

/// One measured video a row.
int64_t write_predictions_csv(const RunSource& source, const MeasuredEpoch& epoch, std::ostream& out, Task& task);
int64_t write_predictions_jsonl(const RunSource& source, const MeasuredEpoch& epoch, std::ostream& out, Task& task);

/// One page that needs no other file and no script: figures, curves, settings, and a gallery of these videos (by name;
/// a draw for none) with their captions step by step.
int64_t write_html(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                   const std::vector<std::string>& videos, std::ostream& out, Task& task);

/// A WebVTT file a video, in the folders of its name, with the newest caption over its whole length.
int64_t write_subtitles(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                        const std::filesystem::path& folder, Task& task);

/// A TensorBoard log: every curve as a scalar, the settings as text.
int64_t write_curves(const RunSource& source, const std::filesystem::path& folder, Task& task);

/// FiftyOne's layout FiftyOneTemporalDetectionDataset: labels.json holds for the path
/// of each video its class, captions and prediction as labels over its whole length, told apart by the attribute
/// "kind".
int64_t write_fiftyone(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                       const std::filesystem::path& folder, Task& task);

/// Label Studio: tasks.json with predictions, and config.xml, the labelling interface they need.
int64_t write_label_studio(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                           const std::filesystem::path& folder, Task& task);

}  // namespace rest::interchange
