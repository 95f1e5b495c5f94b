// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/engine/imports/import_job.h"
#include "core/media/video_writer.h"
#include "core/store/project.h"

namespace rest::test {

/// A folder for one test: `data/` with small clips and a project.
class ClipWorld {
  public:
    static constexpr int kWidth = 48, kHeight = 32, kFrames = 10;

    ClipWorld() : root_(std::filesystem::path(dir_.path().toStdString())) {
        std::filesystem::create_directories(data());
        project_ = store::Project::create(root_ / "world").folder();
    }

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path data() const { return root_ / "data"; }
    const std::filesystem::path& project() const { return project_; }

    std::filesystem::path add_clip(const std::string& name, int frames = kFrames) const {
        std::filesystem::create_directories((data() / name).parent_path());
        media::VideoWriter writer(data() / name, {.width = kWidth, .height = kHeight});
        for (int i = 0; i < frames; ++i) {
            image::Image image(kWidth, kHeight);
            std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(20 * i));
            writer.add(image);
        }
        writer.finish();
        return data() / name;
    }

    std::filesystem::path add_damaged(const std::string& name) const {
        std::filesystem::create_directories((data() / name).parent_path());
        write_file_atomically(data() / name, "this is no video at all, though it says so");
        return data() / name;
    }

    /// Returns the job's final line.
    std::string import(const engine::Listener& listener = {}) const {
        TaskControl control;
        return engine::run_here(*engine::make_import_job({project_, data(), dataset::Layout::automatic}), listener,
                                control);
    }

    std::map<std::string, store::VideoRecord> videos() const {
        std::map<std::string, store::VideoRecord> out;
        for (auto& video : store::Project::open(project_, store::OpenMode::read_only).videos())
            out.emplace(video.name, video);
        return out;
    }

    std::vector<std::string> classes() const {
        return store::Project::open(project_, store::OpenMode::read_only).classes();
    }

    /// Two classes, two splits, one damaged clip.
    void fill() const {
        for (const char* name :
             {"train/rowing/a.mp4", "train/rowing/b.mp4", "train/tai_chi/c.mp4", "val/rowing/d.mp4"}) {
            add_clip(name);
        }
        add_clip("val/tai_chi/e.mp4", 3);
        add_damaged("train/tai_chi/broken.mp4");
    }

  private:
    QTemporaryDir dir_;
    std::filesystem::path root_, project_;
};

}  // namespace rest::test
