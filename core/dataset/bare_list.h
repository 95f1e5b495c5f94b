// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// How the lines of a list without a header are split.
struct BareForm {
    char delimiter = ' ';  // a space ends a path only after a video's extension, so that paths may contain spaces
    size_t column = 0;     // of the paths
    double share = 0;      // of the sampled lines that have a path in that column
};

/// The form in which most of the lines name a video, by its extension or because it exists; a share of 0 if none does.
BareForm bare_form(std::string_view beginning, const KnowsClip& knows);

/// True for lines "some/dir 163 1": a folder of frames, their number, the class.
bool is_list_of_frames(std::string_view beginning);

/// Reads "path label" lines: the label is a number, a name or missing; a split's name may follow it. Either may be
/// quoted.
ListRows read_bare_list(std::string_view text, std::optional<Split> split, const BareForm& form,
                        const KnowsClip& knows);

}  // namespace rest::dataset
