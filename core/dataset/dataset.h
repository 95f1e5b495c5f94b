// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/task.h"

namespace rest::dataset {

enum class Layout { automatic, kinetics, ucf101, hmdb51, mmaction2, flat };

const char* to_string(Layout layout);  // "auto", "kinetics", "ucf101", "hmdb51", "mmaction2", "flat"
/// Throws Error (invalid_argument) naming the layouts there are.
Layout layout_from_string(std::string_view name);

/// The parts a clip can belong to. `train` is what REST learns from, `val` and `test` what it is measured on.
enum class Split { train, val, test };
const char* to_string(Split split);
/// Reads "train", "training", "val", "validate", "validation", "valid", "test", "testing", in any case.
std::optional<Split> split_from_string(std::string_view name);

struct ClipEntry {
    std::filesystem::path path;  // absolute
    std::string name;            // unique within the listing, e.g. "train/rowing/0003.mp4"
    int label = -1;              // into DatasetListing::classes, -1 unknown
    Split split = Split::train;
};

/// What stands in a folder or a list, before anything is decoded.
struct DatasetListing {
    Layout layout = Layout::automatic;  // the one found
    std::filesystem::path root;
    std::vector<std::string> classes;  // readable names, sorted or in the order of the official list
    std::vector<ClipEntry> clips;      // sorted by name
    std::vector<Problem> problems;     // listed but missing, empty files, unreadable folders, doubles
    int64_t other_files = 0;           // that are no videos and were passed over
};

/// Looks at a folder or a list file. Does not open videos. Throws Error (not_found, unsupported) when there is nothing
/// to import, saying what was looked for. Symlinks are followed once (no loops). Throws Cancelled.
DatasetListing scan_dataset(const std::filesystem::path& folder_or_list, Layout layout, Task& task);

/// A class name as CLIP should read it: underscores to blanks, CamelCase spaced, blanks collapsed
/// ("ApplyEyeMakeup" -> "Apply Eye Makeup", "brush_hair" -> "brush hair", "TaiChi" -> "Tai Chi").
std::string readable_class_name(std::string_view name);

/// True for the extensions that FFmpeg is asked to open: mp4, mkv, webm, avi, mov, mpg, ...
bool is_video_file(const std::filesystem::path& path);

}  // namespace rest::dataset
