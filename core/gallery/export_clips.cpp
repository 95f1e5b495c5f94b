// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/export_clips.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/base/strings.h"
#include "core/gallery/export_text.h"

namespace rest::gallery {

namespace fs = std::filesystem;

namespace {

constexpr size_t kLongestName = 180;        // bytes; file systems allow 255, the number included
constexpr size_t kPiece = size_t{1} << 20;  // of a copy, between two looks at whether it is still wanted

/// The folder while it is being filled, beside its place; gone with this object unless it was given its name.
class PartFolder {
  public:
    explicit PartFolder(const fs::path& folder) : folder_(folder) {
        std::string pattern = folder.string() + ".part.XXXXXX";
        errno = 0;
        if (::mkdtemp(pattern.data()) == nullptr) throw file_error("Cannot make", folder, errno);
        part_ = pattern;
        fs::permissions(part_, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                   fs::perms::others_read | fs::perms::others_exec);
    }
    ~PartFolder() {
        std::error_code ignored;
        if (!part_.empty()) fs::remove_all(part_, ignored);
    }
    PartFolder(const PartFolder&) = delete;
    PartFolder& operator=(const PartFolder&) = delete;

    const fs::path& path() const { return part_; }
    void publish() {
        rename_folder(part_, folder_);
        part_.clear();
    }

  private:
    fs::path folder_, part_;
};

fs::path place_for(const fs::path& wanted) {
    fs::path folder = fs::absolute(wanted).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    std::error_code error;
    if (fs::exists(fs::symlink_status(folder, error))) {
        throw Error(ErrorCode::invalid_argument, "The path " + folder.string() + " already exists",
                    "Choose a name that is free; nothing is overwritten.");
    }
    if (!fs::is_directory(folder.parent_path(), error)) {
        throw Error(ErrorCode::not_found, "There is no folder " + folder.parent_path().string(),
                    "Make it first, or choose another place.");
    }
    return folder;
}

/// The file's own name after its number, so that a listing has the order of the lists and no two are alike.
std::string file_name(size_t number, const store::VideoRecord& video) {
    std::string name = fs::path(video.name).filename().string();
    std::ranges::replace_if(
        name, [](unsigned char c) { return c < 32 || c == 127; }, '_');
    if (name.size() > kLongestName) name = name.substr(name.size() - kLongestName);  // its ending is at the end
    return fmt::format("{:05} {}", number, name);
}

/// Copies piece by piece, so that a large file does not keep a cancel waiting. Nothing: it cannot be read.
std::optional<int64_t> copy_file(const fs::path& from, const fs::path& to, Task& task) {
    std::ifstream in(from, std::ios::binary);
    if (!in) return std::nullopt;
    int64_t bytes = 0;
    bool whole = true;
    write_file_atomically(to, [&](std::ostream& out) {
        std::string piece(kPiece, '\0');
        while (in) {
            task.check();
            in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
            out.write(piece.data(), in.gcount());
            bytes += in.gcount();
        }
        whole = in.eof();
    });
    if (whole) return bytes;
    std::error_code ignored;
    fs::remove(to, ignored);
    return std::nullopt;
}

class Export {
  public:
    Export(const ClipTable& table, const ExportSettings& settings, Task& task)
        : table_(table), settings_(settings), task_(task), out_{.folder = place_for(settings.folder)} {}

    ExportResult run(const fs::path& project, const Marks& marks, std::span<const int> rows,
                     std::span<const store::VideoRecord> videos) {
        PartFolder part(out_.folder);
        if (settings_.files != ClipFiles::none) make_folder(part.path() / "clips");
        std::vector<ExportedClip> exported;
        task_.begin("Export", "clips", std::ssize(rows));
        for (const int row : rows) {
            task_.check();
            const auto video = std::ranges::lower_bound(videos, table_.clips.at(static_cast<size_t>(row)).video, {},
                                                        &store::VideoRecord::id);
            if (video != videos.end()) exported.push_back(take(row, *video, exported.size() + 1, part.path()));
            task_.advance(std::ssize(exported));
        }
        write_file_atomically(part.path() / "clips.csv", clips_csv(table_, marks, exported));
        write_file_atomically(part.path() / "clips.json",
                              clips_json(project.string(), table_, marks, exported, settings_.filter));
        task_.check();
        part.publish();
        out_.clips = std::ssize(exported);
        return std::move(out_);
    }

  private:
    ExportedClip take(int row, const store::VideoRecord& video, size_t number, const fs::path& part) {
        ExportedClip clip{.row = row, .video = video.name, .path = video.path};
        if (settings_.files == ClipFiles::none) return clip;
        const std::string name = "clips/" + file_name(number, video);
        std::error_code error;
        if (!fs::is_regular_file(video.path, error)) {
            clip.problem = "The file is not there: " + video.path;
        } else if (settings_.files == ClipFiles::links) {
            fs::create_symlink(video.path, part / name, error);
            if (error) clip.problem = "No link can be made: " + error.message();
        } else if (const auto bytes = copy_file(video.path, part / name, task_)) {
            out_.bytes += *bytes;
        } else {
            clip.problem = "The file cannot be read: " + video.path;
        }
        if (clip.problem.empty())
            clip.file = name;
        else
            out_.problems.push_back({ErrorCode::not_found, video.name, clip.problem, ""});
        return clip;
    }

    const ClipTable& table_;
    const ExportSettings& settings_;
    Task& task_;
    ExportResult out_;
};

}  // namespace

const char* to_string(ClipFiles files) {
    switch (files) {
        case ClipFiles::none:
            return "none";
        case ClipFiles::links:
            return "links";
        case ClipFiles::copies:
            return "copies";
    }
    return "unknown";
}

std::optional<ClipFiles> clip_files_from_string(std::string_view word) {
    for (const ClipFiles files : {ClipFiles::none, ClipFiles::links, ClipFiles::copies}) {
        if (word == to_string(files)) return files;
    }
    return std::nullopt;
}

ExportResult export_clips(const fs::path& project, const ClipTable& table, const Marks& marks,
                          std::span<const int> rows, std::span<const store::VideoRecord> videos,
                          const ExportSettings& settings, Task& task) {
    if (rows.empty()) {
        throw Error(ErrorCode::invalid_argument, "There is no clip to export", "Choose a filter that some clips pass.");
    }
    return Export(table, settings, task).run(project, marks, rows, videos);
}

}  // namespace rest::gallery
