// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace rest::dataset {

/// A line "path with blanks.avi 3 1" split into the numbers at its end and what precedes them.
struct ListLine {
    std::string_view path;
    std::vector<int> numbers;
};
ListLine read_list_line(std::string_view line);

/// The number after the last `word` in a name ("trainlist01" -> 1, "ucf101_train_split_2_videos" -> 2); 0 if absent.
int number_after(std::string_view name, std::string_view word);

}  // namespace rest::dataset
