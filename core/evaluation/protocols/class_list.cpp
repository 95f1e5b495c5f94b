// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/evaluation/protocols/official_lists.h"
#include "core/text/file_text.h"

namespace rest::evaluation {

std::vector<std::string> read_class_list(const std::filesystem::path& file) {
    std::vector<std::string> names;
    for (const auto& line : split_lines(text::file_text(read_file(file)))) {
        // UCF101's list has further fields after a tab.
        const auto name = trimmed(std::string_view(line).substr(0, line.find('\t')));
        if (!name.empty()) names.emplace_back(name);
    }
    if (names.empty()) throw Error(ErrorCode::damaged, file.string() + " names no class", "Write one name a line.");
    return names;
}

}  // namespace rest::evaluation
