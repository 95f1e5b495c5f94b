// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// How the lines of a list without a header are taken apart.
struct BareForm {
    char delimiter = ' ';  // a blank ends a path only behind a video's extension, so that paths may have blanks
    size_t column = 0;     // in which the paths stand
    double share = 0;      // of the lines looked at, in which a path stands there
};

/// The form in which most of the lines name a video, by its extension or because it is there; a share of 0 for none.
BareForm bare_form(std::string_view beginning, const KnowsClip& knows);

/// True for lines "some/dir 163 1": a folder of frames, how many, the class.
bool is_list_of_frames(std::string_view beginning);

/// Reads "path label" lines: the label a number, a name or missing; a split's name may stand behind it. Quotes may
/// stand around either.
ListRows read_bare_list(std::string_view text, std::optional<Split> split, const BareForm& form,
                        const KnowsClip& knows);

}  // namespace rest::dataset
