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
/// Throws Error (invalid_argument) listing the layouts.
Layout layout_from_string(std::string_view name);

/// The parts a clip can belong to. `train` is what REST learns from, `val` and `test` what it is measured on.
enum class Split { train, val, test };
const char* to_string(Split split);
/// Accepts the usual spellings: "train", "training", "val", "validate", "validation", "dev", "test", "testing", ... in
/// any case.
std::optional<Split> split_from_string(std::string_view name);

struct ClipEntry {
    std::filesystem::path path;  // absolute
    std::string name;            // in NFC, unique within the listing, e.g. "train/rowing/0003.mp4"
    int label = -1;              // into DatasetListing::classes, -1 unknown
    Split split = Split::train;
};

/// What folders named like splits ("train", "test") contain: a split, or clips of a class of that name.
enum class FolderNames { automatic, splits, classes };

const char* to_string(FolderNames folders);  // "auto", "splits", "classes"
/// Throws Error (invalid_argument) listing the choices.
FolderNames folder_names_from_string(std::string_view name);

/// How to read a folder or list.
struct ScanSettings {
    Layout layout = Layout::automatic;
    /// `automatic` reads such folders as splits unless that drops clips that the other reading keeps.
    FolderNames folders = FolderNames::automatic;
};

/// A count, and the first examples.
struct Counted {
    int64_t count = 0;
    std::vector<std::string> examples;  // at most kExamples

    static constexpr size_t kExamples = 5;
    void add(const std::string& example) {
        ++count;
        if (examples.size() < kExamples) examples.push_back(example);
    }
};

/// How well lists and files agree.
struct ListCounts {
    Counted found;          // listed clips that exist
    Counted missing;        // listed but absent
    Counted unlisted;       // present but in no list that was read
    Counted twice;          // rows that name the clip of another row
    Counted empty_classes;  // without clips
};

/// The contents of a folder or list, before anything is decoded.
struct DatasetListing {
    Layout layout = Layout::automatic;  // the one detected
    std::filesystem::path root;
    std::vector<std::string> classes;  // readable names, sorted or in the order of the official list
    std::vector<ClipEntry> clips;      // sorted by name
    std::vector<Problem> problems;     // listed but missing, empty files, unreadable folders, duplicates
    int64_t other_files = 0;           // skipped, as they are not videos
    std::vector<std::string> lists;    // lists that were read, relative to the root
    ListCounts counts;
    std::vector<std::string> notes;             // where lists were not taken literally, one sentence each
    FolderNames folders = FolderNames::splits;  // how folders named like splits were read
    std::string folder_question;                // why the other reading may be meant; empty if there is no doubt
};

/// Scans a folder or a list file. Does not open videos. Throws Error (not_found, unsupported) if there is nothing to
/// import, saying what was searched for. Symlinks are followed once (no loops). Throws Cancelled.
DatasetListing scan_dataset(const std::filesystem::path& folder_or_list, const ScanSettings& settings, Task& task);

/// A summary of a scan for a terminal or a log, one line each: clips by split, agreement of lists and files, classes
/// without clips, how names were read. Problems are not included.
std::vector<std::string> listing_lines(const DatasetListing& listing);

/// A class name as CLIP should read it: underscores to spaces, CamelCase split, runs of spaces collapsed
/// ("ApplyEyeMakeup" -> "Apply Eye Makeup", "brush_hair" -> "brush hair", "TaiChi" -> "Tai Chi").
std::string readable_class_name(std::string_view name);

/// True for the extensions that we open with FFmpeg: mp4, mkv, webm, avi, mov, mpg, ...
bool is_video_file(const std::filesystem::path& path);

}  // namespace rest::dataset
