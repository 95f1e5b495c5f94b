// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/task.h"
#include "core/engine/inference/clip_batches.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/device.h"

namespace rest::engine {

/// Pixels (B, T, 3, S, S) uint8 on the device, which the encoder normalises for its model -> unit vectors (B, d).
using VideoEncoder = std::function<torch::Tensor(const torch::Tensor& pixels)>;

/// Features (n, d) of all clips, float32 on the CPU, computed in the machine's precision: a row of zeros for each
/// unreadable clip, d = 0 if all are. Throws Cancelled and what for_each_batch() throws.
torch::Tensor encode_videos(const ClipStore& clips, const VideoEncoder& encoder, const Machine& machine, Task& task);

/// Writes the rows of these clips to `features` (n, d), of `turns` only those that are this process's. `features` may
/// come without columns (n, 0); then it has them afterwards, unless none of the clips could be read.
void encode_clips(const ClipStore& clips, const std::vector<int64_t>& indices, const VideoEncoder& encoder,
                  const Machine& machine, const Turns& turns, Task& task, torch::Tensor& features);

/// Features of just these clips' files by one model, in a file beside the project. `model` names the precision too (see
/// ClipNetwork::key).
class KeptFeatures {
  public:
    KeptFeatures(std::filesystem::path file, const std::string& model, const ClipStore& clips);

    /// (n, d), zeros where there is none; (n, 0) when the file is not there or of other clips or another model.
    torch::Tensor read() const;
    void write(const torch::Tensor& features) const;

  private:
    std::filesystem::path file_;
    std::string key_;
    int64_t clips_;
};

/// Clips that may be read now and whose rows are zeros: a feature has unit length.
std::vector<int64_t> clips_without_feature(const ClipStore& clips, const torch::Tensor& features);

/// encode_videos(), read from `path` when it holds them (see KeptFeatures); written there otherwise. Clips that could
/// not be read then are tried again.
torch::Tensor kept_video_features(const std::filesystem::path& path, const std::string& model, const ClipStore& clips,
                                  const VideoEncoder& encoder, const Machine& machine, Task& task);

Matrix to_matrix(const torch::Tensor& rows);
torch::Tensor to_tensor(const Matrix& matrix);

}  // namespace rest::engine
