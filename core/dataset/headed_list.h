// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// The column of each field of a list with a header, -1 if absent. Names are compared as classes are: "Youtube-ID" is
/// youtube_id.
struct Columns {
    int label = -1, number = -1, id = -1, start = -1, end = -1, split = -1, path = -1;

    explicit Columns(const std::vector<std::string>& header);

    bool usable() const { return id >= 0 || path >= 0; }
    /// Whether the header suffices to recognise a list of clips that the user did not name.
    bool likely() const { return usable() && (label >= 0 || number >= 0 || split >= 0 || (start >= 0 && end >= 0)); }
    /// Reads a row's fields. False for a row that names no clip.
    bool read(const std::vector<std::string>& row, ListRow& out) const;
};

/// The delimiter of the first line, if that line is the header of a list of clips: one of , ; tab | or space. 0 if it
/// is not.
char header_delimiter(std::string_view text, bool must_be_likely);

/// Reads the rows below a header. `text` is that of file_text(); `otherwise` applies if no column gives the split.
ListRows read_headed_list(std::string_view text, std::optional<Split> otherwise);

/// If the labels of all rows are numbers, they are class numbers, not names.
void numbers_for_labels(std::vector<ListRow>& rows);

}  // namespace rest::dataset
