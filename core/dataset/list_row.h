// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset/dataset.h"

namespace rest::dataset {

/// What one line of a list says about one clip.
struct ListRow {
    std::string path;            // as written; empty if an id is given
    std::string id, start, end;  // of Kinetics: YouTube id and seconds, as written; the times may be empty
    std::string label;           // class as written, may be empty
    int number = -1;             // class by number, -1 for none
    std::optional<Split> split;  // as given by the line or the list's name
    size_t list = 0;             // index of the list, assigned by the caller

    bool by_id() const { return path.empty(); }
};

/// Whether a list's name for a clip, with or without its extension, matches an existing video.
using KnowsClip = std::function<bool(std::string_view)>;

/// The rows of one list, and notes on what could not be read.
struct ListRows {
    std::vector<ListRow> rows;
    std::vector<std::string> notes;  // for the user: "2 lines name no clip, such as line 7"
};

/// Splits given in a column: unknown values are noted once, with the number of rows lost.
class SplitColumn {
  public:
    /// Sets the row's split; false if the value is not a split ("fold 3", "unused").
    bool read(std::string_view written, std::optional<Split> otherwise, ListRow& row);
    /// Adds to `notes` what was left out.
    void tell(std::vector<std::string>& notes) const;

  private:
    int64_t left_out_ = 0;
    std::string example_;
};

/// An integer from 0 ("7", "7.0"); -1 for other text and for numbers beyond an int.
int class_number(std::string_view text);

}  // namespace rest::dataset
