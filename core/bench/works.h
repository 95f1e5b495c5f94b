// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/bench/bench.h"

namespace rest::bench {

// Each prepares its models and inputs; the returned Work owns them.
Work image_work(const BenchSettings& settings, torch::Device device);
Work caption_work(const BenchSettings& settings, torch::Device device);
Work encoder_work(const BenchSettings& settings, torch::Device device);
Work train_work(const BenchSettings& settings, torch::Device device);
Work clip_image_work(const BenchSettings& settings, torch::Device device);
Work clip_text_work(const BenchSettings& settings, torch::Device device);
Work neighbours_work(const BenchSettings& settings, torch::Device device);
Work update_work(const BenchSettings& settings, torch::Device device);

}  // namespace rest::bench
