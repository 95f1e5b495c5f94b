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
    json,            // by its beginning; only reading it shows whether it names clips
    class_names,     // of numbered classes
    frames,          // "some/dir 163 1": folders of frames, which cannot be imported
    not_understood,  // looks like a list, but of no known form
    no_list          // some other text
};

/// What a file beside the videos is, judged by its content. The extension matters only for files that cannot be read as
/// text (a spreadsheet).
struct ListLook {
    ListForm form = ListForm::no_list;
    BareForm bare;       // of form bare
    std::string reason;  // why, for forms that cannot be read
    std::string remedy;
};

/// `bytes`: the beginning of the file, cut after a line end if there is one.
ListLook look_at_list(std::string_view path, std::string_view bytes, const KnowsClip& knows);

/// The first complete lines of a text file; "" if it cannot be read.
std::string beginning_of(const std::filesystem::path& path);

/// The files of a tree that may be lists: all possible text files that are not companions of one video ("a.txt" or
/// "a.info.json" beside "a.mp4"), those near the root first, up to a few thousand; `left_out` counts the others.
std::vector<std::string> list_candidates(const FileTree& tree, int64_t& left_out);

}  // namespace rest::dataset
