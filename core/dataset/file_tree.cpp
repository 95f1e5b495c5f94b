// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/file_tree.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/base/strings.h"
#include "core/dataset/dataset.h"
#include "core/dataset/path_text.h"

namespace rest::dataset {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kFilesBetweenChecks = 256;

/// Extensions that are certainly not lists: pictures, sound, archives, arrays, models, programs, documents.
constexpr std::array<std::string_view, 44> kNoLists = {
    ".jpg", ".jpeg", ".png", ".gif", ".bmp",   ".webp", ".tif",  ".tiff", ".svg",  ".heic", ".exr",
    ".wav", ".mp3",  ".m4a", ".aac", ".flac",  ".ogg",  ".opus", ".zip",  ".gz",   ".tgz",  ".xz",
    ".bz2", ".7z",   ".rar", ".tar", ".npy",   ".npz",  ".h5",   ".hdf5", ".pt",   ".pth",  ".ckpt",
    ".bin", ".onnx", ".py",  ".sh",  ".ipynb", ".pdf",  ".docx", ".md",   ".html", ".part", ".safetensors"};

bool may_be_list(std::string_view path) {
    const auto extension = extension_of(path);
    return std::none_of(kNoLists.begin(), kNoLists.end(), [&](auto known) { return iequals(known, extension); });
}

/// Folders that NAS devices and systems keep for themselves: thumbnails and deleted files, some of them videos.
bool is_system_folder(std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames = {"@eaDir",   "#recycle",   "$RECYCLE.BIN",
                                                        "__MACOSX", "lost+found", "System Volume Information"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

class Walk {
  public:
    Walk(const fs::path& root, Task& task) : task_(task) { tree_.root = root; }

    FileTree run() {
        task_.begin("Looking for videos", "files", 0);
        folders_.push_back("");
        while (!folders_.empty() || !linked_.empty()) {
            if (folders_.empty()) folders_.push_back(linked_.extract(linked_.begin()).value());
            const std::string folder = std::move(folders_.back());
            folders_.pop_back();
            enter(folder);
        }
        std::sort(tree_.videos.begin(), tree_.videos.end(),
                  [](const auto& a, const auto& b) { return a.path < b.path; });
        std::sort(tree_.lists.begin(), tree_.lists.end());
        task_.advance(seen_);
        return std::move(tree_);
    }

  private:
    void enter(const std::string& folder) {
        const fs::path full = folder.empty() ? tree_.root : tree_.root / folder;
        struct stat status {};
        if (::stat(full.c_str(), &status) != 0 || !entered_.emplace(status.st_dev, status.st_ino).second) return;
        std::error_code error;
        fs::directory_iterator entries(full, error);
        for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
            const std::string name = entries->path().filename().string();
            meet(*entries, name, folder.empty() ? name : folder + '/' + name);
        }
        if (error) {
            problem(ErrorCode::io, full, "The folder cannot be read: " + error.message(), "Check its permissions.");
        }
    }

    void meet(const fs::directory_entry& entry, const std::string& name, const std::string& path) {
        count_one();
        std::error_code error;
        const bool link = entry.is_symlink(error);
        const bool folder = entry.is_directory(error);
        if (name.starts_with('.') || (folder && is_system_folder(name))) {
            if (!folder) ++tree_.other_files;
        } else if (folder) {
            if (link)
                linked_.insert(path);
            else
                folders_.push_back(path);
        } else if (is_video_file(name)) {
            meet_video(entry, path, link);
        } else {
            ++tree_.other_files;
            if (may_be_list(path) && entry.is_regular_file(error)) tree_.lists.push_back(path);
        }
    }

    void meet_video(const fs::directory_entry& entry, const std::string& path, bool link) {
        std::error_code error;
        if (!entry.is_regular_file(error)) {
            const bool dangling = link && !entry.exists(error);
            problem(ErrorCode::not_found, entry.path(), dangling ? "A link to a file that is not there" : "Not a file",
                    dangling ? "Bring the file back or remove the link." : "");
            return;
        }
        const auto bytes = entry.file_size(error);
        tree_.videos.push_back({path, error ? 0 : static_cast<uint64_t>(bytes)});
    }

    void problem(ErrorCode code, const fs::path& file, const std::string& message, const std::string& remedy) {
        tree_.problems.push_back({code, file.string(), message, remedy});
    }

    void count_one() {
        if (++seen_ % kFilesBetweenChecks != 0) return;
        task_.check();
        task_.advance(seen_);
    }

    Task& task_;
    FileTree tree_;
    std::vector<std::string> folders_;
    std::set<std::string> linked_;
    std::set<std::pair<dev_t, ino_t>> entered_;
    int64_t seen_ = 0;
};

}  // namespace

FileTree walk_tree(const fs::path& root, Task& task) {
    return Walk(root, task).run();
}

}  // namespace rest::dataset
