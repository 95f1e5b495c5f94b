// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// True when the text begins as JSON does, one value or one a line.
bool looks_like_json(std::string_view text);

/// Reads the JSON lists that data sets come with: an array of objects or of paths (Something-Something), one object a
/// line, objects by video (Kinetics: annotations.label, annotations.segment), and one of these by split
/// ({"train": [...], "val": [...]}). Members are named as columns are (Columns). `otherwise` holds where none tells the
/// split. The unexpected value says why it is no list of clips.
tl::expected<ListRows, std::string> read_json_list(std::string_view text, std::optional<Split> otherwise);

}  // namespace rest::dataset
