// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/torch_pickle.h"

#include <fstream>

#include "core/base/error.h"
#include "core/checkpoint/files/torch_layout.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

torch::Tensor read_storage(std::ifstream& in, const StorageInfo& info, uint64_t place, const fs::path& path,
                           Reading reading) {
    auto flat =
        torch::empty({static_cast<int64_t>(info.elements)}, options_for(reading, scalar_type(info.type.value())));
    if (reading == Reading::shapes) return flat;
    in.seekg(static_cast<std::streamoff>(place));
    in.read(static_cast<char*>(flat.data_ptr()), static_cast<std::streamsize>(info.bytes()));
    if (!in) throw Error(ErrorCode::io, "Cannot read " + path.string());
    return flat;
}

}  // namespace

Weights read_torch_file(const fs::path& path, Reading reading, std::map<std::string, std::string>* opaque) {
    TorchLayout layout = read_torch_layout(path);
    std::ifstream in(path, std::ios::binary);
    Weights storages, weights;
    for (const auto& [key, info] : layout.dict.storages) {
        storages[key] = read_storage(in, info, layout.places.at(key), path, reading);
    }
    for (const auto& [name, tensor] : layout.dict.tensors) {
        weights[name] = storages.at(tensor.storage).as_strided(tensor.shape, tensor.strides, tensor.offset);
    }
    if (opaque != nullptr) *opaque = std::move(layout.dict.opaque);
    return weights;
}

}  // namespace rest::checkpoint
