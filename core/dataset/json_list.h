// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// True if the text begins like JSON, one value or one per line.
bool looks_like_json(std::string_view text);

/// Reads the JSON lists that data sets come with: an array of objects or of paths (Something-Something), one object per
/// line, objects keyed by video (Kinetics: annotations.label, annotations.segment), and any of these by split
/// ({"train": [...], "val": [...]}). Members are named like columns (Columns). `otherwise` applies if nothing gives the
/// split. The unexpected value says why it is not a list of clips.
tl::expected<ListRows, std::string> read_json_list(std::string_view text, std::optional<Split> otherwise);

}  // namespace rest::dataset
