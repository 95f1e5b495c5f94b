// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/dataset/dataset.h"

namespace rest::dataset {

/// The split in a folder's name: "train", "validate", "train_256", "videos_val"; none for "training_dog".
std::optional<Split> split_of_folder(std::string_view name);

/// The split in a list's name: "train.csv", "kinetics400_val_list_videos.txt", "k700-validate.csv", "trainingSet.csv",
/// "vallist01.txt". None if it contains two: "train_test_split.csv".
std::optional<Split> split_of_list(std::string_view path);

/// What the folders above a clip say.
struct SplitPlace {
    std::optional<Split> split;  // of the topmost folder that names one
    std::string label;           // the folder below that one, else the clip's own; empty if none or "videos"
};
/// The name of the folder that contains a clip, "" at the top.
std::string_view own_folder(std::string_view path);

/// `path` is relative to the data set's root.
SplitPlace place_of(std::string_view path);

}  // namespace rest::dataset
