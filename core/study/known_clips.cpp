// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/known_clips.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/text/file_text.h"

namespace rest::study {

namespace fs = std::filesystem;

namespace {

constexpr const char* kForm = "Give a header of path,caption,answer (and feedback, if wanted), then one clip per line.";

[[noreturn]] void refuse(const fs::path& file, size_t row, const std::string& what) {
    throw Error(ErrorCode::invalid_argument, file.string() + ", row " + std::to_string(row) + ": " + what, kForm);
}

bool answer_in(const std::string& text, const fs::path& file, size_t row) {
    if (iequals(text, "yes") || text == "1") return true;
    if (iequals(text, "no") || text == "0") return false;
    refuse(file, row, "the answer is \"" + text + "\" and not yes or no");
}

}  // namespace

std::vector<KnownClip> read_known_clips(const fs::path& file) {
    constexpr size_t kMaxBytes = size_t{16} << 20;
    const std::string text = text::file_text(read_file(file, kMaxBytes));
    if (trimmed(text).empty()) refuse(file, 1, "the file is empty");
    const auto table = dataset::without_separator_line(text);
    const auto column = [](const std::vector<std::string>& header, const char* name) {
        return std::find_if(header.begin(), header.end(), [&](const auto& h) { return iequals(trimmed(h), name); }) -
               header.begin();
    };
    const char delimiter = dataset::delimiter_of(table, [&](const auto& header) {
        const auto last = std::max({column(header, "path"), column(header, "caption"), column(header, "answer")});
        return last < std::ssize(header);
    });
    if (delimiter == 0) refuse(file, 1, "a column is missing");
    dataset::CsvReader reader(table, delimiter);
    std::vector<std::string> header, cells;
    reader.next(header);
    const auto path = column(header, "path"), caption = column(header, "caption"), answer = column(header, "answer"),
               feedback = column(header, "feedback");
    std::vector<KnownClip> clips;
    for (size_t row = 2; reader.next(cells); ++row) {
        if (std::ssize(cells) <= std::max({path, caption, answer})) refuse(file, row, "a cell is missing");
        KnownClip clip;
        clip.path = fs::absolute(file.parent_path() / std::string(trimmed(cells[path]))).lexically_normal();
        clip.caption = collapse_blanks(cells[caption]);
        clip.answer = answer_in(std::string(trimmed(cells[answer])), file, row);
        if (feedback < std::ssize(cells)) clip.feedback = trimmed(cells[feedback]);
        std::error_code error;
        if (!fs::is_regular_file(clip.path, error)) {
            throw Error(ErrorCode::not_found,
                        file.string() + ", row " + std::to_string(row) + ": there is no file " + clip.path.string(),
                        "Paths are relative to the list's folder.");
        }
        clips.push_back(std::move(clip));
    }
    return clips;
}

}  // namespace rest::study
