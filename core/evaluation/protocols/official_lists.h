// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace rest::evaluation {

struct ListedClip {
    std::string name;  // as in the list: "Archery/v_Archery_g01_c01.avi", "0wR5jVB-WPk_000417_000427.mp4"
    int label = 0;     // into OfficialSet::classes
};

struct OfficialSplit {
    int number = 1;
    std::vector<int> ranked;  // the classes that captions are ranked among; empty: all
    std::vector<ListedClip> train, test;
};

/// A data set's classes and splits, from the lists shipped with REST Studio or from the official ones in a folder.
struct OfficialSet {
    std::string source;                 // the folder or file they were read from
    std::vector<std::string> classes;   // as the list spells them
    std::vector<OfficialSplit> splits;  // by number
    std::vector<Problem> problems;      // lines that do not name a class, classes without a list
};

// All of these throw Error (not_found, io, damaged, unsupported) that names file and line.

/// Names, one per line. "kinetics-400", "kinetics-600", "kinetics-620", "ucf101" and "hmdb51" are in resources/lists.
std::vector<std::string> read_class_list(const std::filesystem::path& file);

/// resources/lists/ucf101.txt.
OfficialSet read_compact_ucf101(const std::filesystem::path& file);
/// resources/lists/kinetics-220.txt, with the names of kinetics-620.txt beside it. It has test clips only.
OfficialSet read_compact_kinetics220(const std::filesystem::path& file);

// The official lists, up to three levels below `folder`; empty if there are none of this set.

/// CSV lists with the columns label, youtube_id, time_start, time_end, and split, or with the split in the file name:
/// train clips, and val clips as the test. One split.
std::optional<OfficialSet> find_kinetics_lists(const std::filesystem::path& folder,
                                               const std::vector<std::string>& classes);
/// trainlist01.txt, testlist01.txt, ... and classInd.txt; without classInd.txt the names are `classes`.
std::optional<OfficialSet> find_ucf101_lists(const std::filesystem::path& folder,
                                             const std::vector<std::string>& classes);
/// <class>_test_split1.txt, ... : 1 train, 2 test, 0 unused.
std::optional<OfficialSet> find_hmdb51_lists(const std::filesystem::path& folder,
                                             const std::vector<std::string>& classes);
/// A .json of class indices by split (not one with "val" in its name) and a .jsonl or .jsonl.gz of rows {"videoname",
/// "label"}, which may include more classes than the splits.
std::optional<OfficialSet> find_kinetics220_lists(const std::filesystem::path& folder,
                                                  const std::vector<std::string>& classes);

}  // namespace rest::evaluation
