// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset/dataset.h"

namespace rest::dataset {

/// What one line of a list says of one clip.
struct ListRow {
    std::string path;            // as written; empty where an id is given
    std::string id, start, end;  // of Kinetics: YouTube id and seconds, as written; the times may be empty
    std::string label;           // class as written, may be empty
    int number = -1;             // class by number, -1 for none
    std::optional<Split> split;  // as the line or the list's name tells it
    size_t list = 0;             // which list, as the caller counts them

    bool by_id() const { return path.empty(); }
};

/// Whether a list's word for a clip, with or without its extension, names a video that is there.
using KnowsClip = std::function<bool(std::string_view)>;

/// The rows of one list, and what could not be read of it.
struct ListRows {
    std::vector<ListRow> rows;
    std::vector<std::string> notes;  // for the user: "2 lines name no clip, such as line 7"
};

/// Splits that are written in a column: what is no split is told once, with how many rows it cost.
class SplitColumn {
  public:
    /// Sets the row's split; false when the row says something else than a split ("fold 3", "unused").
    bool read(std::string_view written, std::optional<Split> otherwise, ListRow& row);
    /// Adds to `notes` what was left out.
    void tell(std::vector<std::string>& notes) const;

  private:
    int64_t left_out_ = 0;
    std::string example_;
};

/// A whole number from 0, written as one ("7", "7.0"); -1 for other text and for numbers beyond an int.
int class_number(std::string_view text);

}  // namespace rest::dataset
