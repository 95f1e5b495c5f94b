// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/dataset/list_row.h"

namespace rest::dataset {

/// Where each field of a list with named columns stands, -1 for nowhere. Names are compared as classes are:
/// "Youtube-ID" is youtube_id.
struct Columns {
    int label = -1, number = -1, id = -1, start = -1, end = -1, split = -1, path = -1;

    explicit Columns(const std::vector<std::string>& header);

    bool usable() const { return id >= 0 || path >= 0; }
    /// Enough to be taken for a list of clips without the user's saying so.
    bool likely() const { return usable() && (label >= 0 || number >= 0 || split >= 0 || (start >= 0 && end >= 0)); }
    /// A row's fields. False for a row that names no clip.
    bool read(const std::vector<std::string>& row, ListRow& out) const;
};

/// The sign between the fields of the first line, when it names columns of a list of clips: one of , ; tab | or blank.
/// 0 for no such line.
char header_delimiter(std::string_view text, bool must_be_likely);

/// Reads the rows below a header. `text` is that of file_text(); `otherwise` holds where no column tells the split.
ListRows read_headed_list(std::string_view text, std::optional<Split> otherwise);

/// Labels that are numbers in every row are the classes' numbers, not their names.
void numbers_for_labels(std::vector<ListRow>& rows);

}  // namespace rest::dataset
