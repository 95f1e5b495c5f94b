// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/video_features.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/inference/clip_batches.h"
#include "core/engine/inference/features_key.h"
#include "core/store/feature_file.h"
#include "core/training/autocast.h"

namespace rest::engine {
namespace {

/// Enough clips per batch to keep the device busy.
int64_t videos_at_once(const Machine& machine) {
    return machine.device.is_cpu() ? 16 : 128;
}

std::string key_of(const ClipStore& clips) {
    return features_key(clips.settings().cache.samples, clips.settings().view, clips.size(),
                        [&](int64_t i) -> const store::VideoRecord& { return clips.video(i); });
}

}  // namespace

void encode_clips(const ClipStore& clips, const std::vector<int64_t>& indices, const VideoEncoder& encoder,
                  const Machine& machine, const Turns& turns, Task& task, torch::Tensor& features) {
    torch::NoGradGuard no_grad;
    task.begin("CLIP features", "clips", std::ssize(indices));
    const ClipBatchSettings settings{videos_at_once(machine), machine.device, turns};
    for_each_batch(clips, indices, settings, task, [&](const ClipBatch& batch) {
        const training::AutocastGuard autocast(machine.bf16);
        const auto rows = encoder(batch.views).to(torch::kFloat32).to(torch::kCPU);
        if (features.size(1) == 0) features = torch::zeros({features.size(0), rows.size(1)});
        for (int64_t i = 0; i < std::ssize(batch.indices); ++i) features[batch.indices[i]].copy_(rows[i]);
    });
}

torch::Tensor encode_videos(const ClipStore& clips, const VideoEncoder& encoder, const Machine& machine, Task& task) {
    torch::Tensor features = torch::zeros({clips.size(), 0});
    encode_clips(clips, clips.readable_clips(), encoder, machine, {}, task, features);
    return features;
}

KeptFeatures::KeptFeatures(std::filesystem::path file, const std::string& model, const ClipStore& clips)
    : file_(std::move(file)), key_(model + " " + key_of(clips)), clips_(clips.size()) {}

torch::Tensor KeptFeatures::read() const {
    const auto kept = store::read_features(file_, key_);
    return kept && kept->rows == clips_ ? to_tensor(*kept) : torch::zeros({clips_, 0});
}

void KeptFeatures::write(const torch::Tensor& features) const {
    store::write_features(file_, to_matrix(features), key_);
}

std::vector<int64_t> clips_without_feature(const ClipStore& clips, const torch::Tensor& features) {
    std::vector<int64_t> out;
    const auto known = features.ne(0).any(1);
    const auto* const is_known = known.data_ptr<bool>();
    for (const int64_t index : clips.readable_clips()) {
        if (!is_known[index]) out.push_back(index);
    }
    return out;
}

torch::Tensor kept_video_features(const std::filesystem::path& path, const std::string& model, const ClipStore& clips,
                                  const VideoEncoder& encoder, const Machine& machine, Task& task) {
    const KeptFeatures kept(path, model, clips);
    auto features = kept.read();
    const auto missing = clips_without_feature(clips, features);
    if (missing.empty()) return features;
    encode_clips(clips, missing, encoder, machine, {}, task, features);
    kept.write(features);
    return features;
}

std::string features_key(int64_t samples, int64_t view, int64_t count,
                         const std::function<const store::VideoRecord&(int64_t)>& video) {
    size_t files = 0;
    const auto mix = [&](const std::string& s) { files = files * 1099511628211u + std::hash<std::string>()(s); };
    for (int64_t i = 0; i < count; ++i) {
        const auto& v = video(i);
        mix(v.path + "|" + std::to_string(v.file_bytes) + "|" + std::to_string(v.file_time_ns));
    }
    return fmt::format("read frames {} size {} videos {:x}", samples, view, files);
}

Matrix to_matrix(const torch::Tensor& rows) {
    Matrix m(rows.size(0), rows.size(1));
    const auto contiguous = rows.contiguous();
    std::copy_n(contiguous.data_ptr<float>(), rows.numel(), m.values.data());
    return m;
}

torch::Tensor to_tensor(const Matrix& m) {
    return torch::from_blob(const_cast<float*>(m.values.data()), {m.rows, m.cols}).clone();
}

}  // namespace rest::engine
