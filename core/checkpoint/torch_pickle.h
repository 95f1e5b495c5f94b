// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/checkpoint/reading.h"
#include "core/checkpoint/weights.h"

namespace rest::checkpoint {

/// Reads files written by `torch.save`: the zip archive of PyTorch >= 1.6 and the older plain stream.
///
/// Our own reader, which knows the few opcodes and globals that such files need (OrderedDict, _rebuild_tensor_v2,
/// _rebuild_parameter, _rebuild_from_type_v2, the storage types, torch.Size). The result of any other global stays
/// opaque: nothing in the file is ever executed, looked up or imported. Nested dicts, lists and pickled modules are
/// flattened with dots ("model.visual_encoder..."); values other than tensors are dropped, and those that only their
/// own code could create are named in `opaque`. Sizes are checked before anything is allocated.
Weights read_torch_file(const std::filesystem::path& path, Reading reading = Reading::all,
                        std::map<std::string, std::string>* opaque = nullptr);

}  // namespace rest::checkpoint
