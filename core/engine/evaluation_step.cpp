// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/evaluation_step.h"

#include <algorithm>
#include <numeric>

namespace rest {
namespace {

constexpr int64_t kVideosAtOnce = 16;

Matrix encode(const Clip& clip, const std::vector<std::string>& texts, torch::Device device, Task& task) {
    const auto features = encode_texts(clip, texts, device, task);
    Matrix m(features.size(0), features.size(1));
    std::copy_n(features.data_ptr<float>(), features.numel(), m.values.data());
    return m;
}

std::vector<VideoRecord> labelled_videos(const Project& project) {
    std::vector<VideoRecord> val, test;
    bool val_readable = false;
    for (auto& video : project.videos()) {
        if (video.label < 0) continue;
        if (video.split == Split::val) {
            val_readable = val_readable || video.problem.empty();
            val.push_back(std::move(video));
        } else if (video.split == Split::test) {
            test.push_back(std::move(video));
        }
    }
    return val_readable ? val : test;
}

}  // namespace

Evaluation evaluate_captioner(const Captioner& captioner, const Clip& clip, const ClipStore& clips,
                              const std::vector<std::string>& classes, const TrainSettings& settings,
                              const Machine& machine, Task& task) {
    Evaluation out;
    std::vector<std::string> captions;
    task.begin("CLIP-TAM", "clips", clips.size());
    for (int64_t at = 0; at < clips.size(); at += kVideosAtOnce) {
        task.check();
        std::vector<int64_t> indices(std::min(kVideosAtOnce, clips.size() - at));
        std::iota(indices.begin(), indices.end(), at);
        const auto made = caption_clips(captioner, clips.test_views(indices), settings, machine);
        for (size_t i = 0; i < indices.size(); ++i) {
            if (!clips.readable(indices[i])) continue;
            const auto& video = clips.video(indices[i]);
            out.predictions.push_back({.video = video.id, .caption = made[i].text, .score = made[i].score});
            captions.push_back(made[i].text);
            out.labels.push_back(video.label);
        }
        task.advance(at + static_cast<int64_t>(indices.size()));
    }
    if (captions.empty()) return out;
    out.tam = clip_tam(encode(clip, captions, machine.device, task), encode(clip, classes, machine.device, task), out.labels);
    for (size_t i = 0; i < out.predictions.size(); ++i) {
        out.predictions[i].predicted = out.tam.predicted[i];
        out.predictions[i].rank = out.tam.rank[i];
    }
    return out;
}

std::vector<VideoRecord> evaluation_videos(const Project& project) {
    auto videos = labelled_videos(project);
    std::erase_if(videos, [](const VideoRecord& video) { return !video.problem.empty(); });
    return videos;
}

int64_t labelled_video_count(const Project& project) { return std::ssize(labelled_videos(project)); }

ClipStoreSettings clip_store_settings(const Project& project, const TrainSettings& settings, int64_t view) {
    ClipStoreSettings out;
    out.cache.folder = project.frames_dir();
    out.cache.samples = static_cast<int>(settings.frames);
    out.view = view;
    return out;
}

}  // namespace rest
