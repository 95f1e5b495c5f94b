// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// Reads `torch.save`d state dicts (.bin, .pth): the zip archive of PyTorch >= 1.6 and the older plain stream.
///
/// A reader of our own that knows the few opcodes and the globals such files need (OrderedDict, _rebuild_tensor_v2,
/// _rebuild_parameter, the storage types, torch.Size, torch.device) and refuses every other global with Error
/// (unsupported) naming it. Nothing in the file is ever executed. Nested dicts are flattened with dots
/// ("model.visual_encoder..."); values that are no tensors are dropped. Sizes are checked before anything is allocated.
Weights read_torch_file(const std::filesystem::path& path);

}  // namespace rest::checkpoint
