// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset/bare_list.h"
#include "core/dataset/file_tree.h"
#include "core/dataset/list_row.h"

namespace rest::dataset {

enum class ListForm {
    headed,          // named columns, any delimiter
    bare,            // "path label"
    json,            // by its beginning; reading tells whether it names clips
    class_names,     // of numbered classes
    frames,          // "some/dir 163 1": folders of frames, which cannot be imported
    not_understood,  // looks like a list and is none that we read
    no_list          // a text about something else
};

/// What a file beside the videos is, by its content. The ending decides nothing that can be read; it only tells what a
/// file would be that cannot (a spreadsheet).
struct ListLook {
    ListForm form = ListForm::no_list;
    BareForm bare;       // of form bare
    std::string reason;  // of forms that are not read: why
    std::string remedy;
};

/// `bytes`: the beginning of the file, whole lines as far as there are any.
ListLook look_at_list(std::string_view path, std::string_view bytes, const KnowsClip& knows);

/// The first lines of a text file, whole ones; "" when it cannot be read.
std::string beginning_of(const std::filesystem::path& path);

/// Lists are looked for among these files of a tree: all that may be text and do not go with one video ("a.txt" or
/// "a.info.json" beside "a.mp4"), those near the root first, at most some thousand; `left_out` counts the others.
std::vector<std::string> list_candidates(const FileTree& tree, int64_t& left_out);

}  // namespace rest::dataset
