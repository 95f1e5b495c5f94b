// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <string>
#include <vector>

#include "core/store/project.h"

namespace rest::test {

/// A temporary folder to create projects in.
class ProjectPlace {
  public:
    std::filesystem::path root() const { return dir_.path().toStdString(); }
    std::filesystem::path folder() const { return root() / "ein Übungs-проект.rest"; }

  private:
    QTemporaryDir dir_;
};

inline store::VideoRecord made_video(int64_t n, dataset::Split split = dataset::Split::train) {
    store::VideoRecord v;
    v.name = "train/rudern – 漕艇/" + std::to_string(n) + ".mp4";
    v.path = "/videos/" + v.name;
    v.split = split;
    v.label = static_cast<int>(n % 7) - 1;
    v.frames = 250 + n;
    v.width = 340;
    v.height = 256;
    v.duration_seconds = 10.01;
    v.file_bytes = (int64_t{1} << 33) + n;
    v.file_time_ns = 1700000000123456789 + n;
    return v;
}

/// Adds n videos; in a new project their ids are 1..n.
inline std::vector<store::VideoId> put_videos(store::Project& project, int64_t n) {
    std::vector<store::VideoRecord> videos;
    for (int64_t i = 0; i < n; ++i) videos.push_back(made_video(i));
    project.put_videos(videos);
    std::vector<store::VideoId> ids;
    for (const auto& video : project.videos()) ids.push_back(video.id);
    return ids;
}

inline store::CaptionRecord made_caption(const std::string& text, double score, store::VideoId source,
                                         store::CaptionOrigin origin = store::CaptionOrigin::generated) {
    store::CaptionRecord c;
    c.text = text;
    c.clip_score = score;
    c.source_video = source;
    c.origin = origin;
    return c;
}

/// The code of the Error that `work` throws, as text; "nothing" if it throws none.
template <class Work>
std::string code_thrown(Work&& work, std::string* message = nullptr) {
    try {
        work();
    } catch (const Error& e) {
        if (message != nullptr) *message = e.full_text();
        return to_string(e.code());
    }
    return "nothing";
}

}  // namespace rest::test
