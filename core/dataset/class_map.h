// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace rest::dataset {

/// The names of numbered classes.
struct ClassMap {
    std::map<int, std::string> names;
    bool numbered = false;  // the file gives the numbers; otherwise they are the line numbers, from 0

    bool empty() const { return names.empty(); }
};

/// True for file names of class lists: label_map.txt, classInd.txt, classes.txt, kinetics_400_labels.csv, ...
bool is_class_map_name(std::string_view path);

/// Reads one class per line ("name", "3 name", "3,name", "name,3"), with or without a header, or a JSON object of names
/// and numbers. Empty if the text is none of these. `text` is that of file_text(). With `must_be_numbered`, lines
/// without a number are skipped.
ClassMap read_class_map(std::string_view text, bool must_be_numbered = false);

}  // namespace rest::dataset
