// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// True if the text begins like JSON, one value or one per line.
bool looks_like_json(std::string_view text);

/// Reads the JSON lists that data sets come with, each of them also by split ({"train": ..., "val": ...}):
///   an array of objects or of paths (Something-Something, MSR-VTT, LAVIS), or one object a line
///   objects by video (Kinetics: annotations.label, annotations.segment)
///   classes by video ({"a.mp4": "rowing"}; FiftyOne: numbers under "labels", their names under "classes")
///   videos by class ({"rowing": ["a.mp4"]})
/// Members are named as columns are (Columns). Captions of a video that the list has already are no rows. `otherwise`
/// holds where none tells the split. The unexpected value says why it is no list of clips.
tl::expected<ListRows, std::string> read_json_list(std::string_view text, std::optional<Split> otherwise,
                                                   const KnowsClip& knows);

}  // namespace rest::dataset
