// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/image/image.h"

namespace rest::media {

struct VideoWriterSettings {
    int width = 0;   // even
    int height = 0;  // even
    double frames_per_second = 12;
    int quality = 23;                  // x264's constant rate factor, lower is better
    std::string preset = "superfast";  // x264's
    int key_frame_interval = 12;
    std::string comment;  // stored as metadata
};

/// Writes H.264 in MP4 with libx264 (yuv420p). Throws Error naming the file. One thread; deterministic bytes.
class VideoWriter {
  public:
    VideoWriter(const std::filesystem::path& path, const VideoWriterSettings& settings);
    ~VideoWriter();
    void add(const image::Image& frame);
    /// Flushes the encoder and writes the index. Without this call the file is removed again.
    void finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::media
