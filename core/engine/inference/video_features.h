// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <string>

#include "core/base/matrix.h"
#include "core/base/task.h"
#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/device.h"

namespace rest::engine {

/// Pixels (B, T, 3, S, S) uint8 on the device, which the encoder normalises for its model -> unit vectors (B, d).
using VideoEncoder = std::function<torch::Tensor(const torch::Tensor& pixels)>;

/// Features (n, d) of all clips, float32 on the CPU, computed in the machine's precision: a row of zeros for each
/// unreadable clip, d = 0 if all are. Throws Cancelled and what for_each_batch() throws.
torch::Tensor encode_videos(const ClipStore& clips, const VideoEncoder& encoder, const Machine& machine, Task& task);

/// The same, read from `path` if it holds the features of exactly these files by the model called `model`, which
/// includes the precision (see ClipNetwork::key); otherwise computed and written there. Clips that could not be read
/// then are tried again.
torch::Tensor kept_video_features(const std::filesystem::path& path, const std::string& model, const ClipStore& clips,
                                  const VideoEncoder& encoder, const Machine& machine, Task& task);

Matrix to_matrix(const torch::Tensor& rows);
torch::Tensor to_tensor(const Matrix& matrix);

}  // namespace rest::engine
