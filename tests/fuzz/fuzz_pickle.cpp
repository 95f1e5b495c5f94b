// SPDX-License-Identifier: GPL-3.0-or-later
// The pickle machine by itself, and the tensors that a pickle describes. The first byte determines whether it is from
// a TorchScript archive.
#include "core/checkpoint/files/state_dict.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {
namespace {

constexpr uint64_t kFileSize = 1 << 20;

void check(const checkpoint::PickleReader& pickle) {
    size_t items = 0;
    for (const auto& node : pickle.nodes()) {
        for (const uint32_t item : node.items) promise(item < pickle.nodes().size(), "children are there");
        items += node.items.size();
    }
    promise(items <= 8'000'000, "lists are bounded");
}

void check(const checkpoint::StateDict& dict) {
    uint64_t bytes = 0;
    for (const auto& [key, storage] : dict.storages) bytes += storage.bytes();
    promise(bytes <= kFileSize, "storages take no more than the file has");
    for (const auto& [name, tensor] : dict.tensors) {
        promise(tensor.shape.size() == tensor.strides.size(), "as many strides as sizes");
        uint64_t last = static_cast<uint64_t>(tensor.offset), count = 1;
        for (size_t i = 0; i < tensor.shape.size(); ++i) {
            count *= static_cast<uint64_t>(tensor.shape[i]);
            if (tensor.shape[i] > 0) last += static_cast<uint64_t>((tensor.shape[i] - 1) * tensor.strides[i]);
        }
        promise(count == 0 || last < dict.storages.at(tensor.storage).elements, "a tensor lies within its storage");
    }
}

}  // namespace

Outcome try_input(std::string_view bytes) {
    if (bytes.empty()) return Outcome::refused;
    return outcome_of(
        [&] {
            checkpoint::PickleReader pickle(bytes.substr(1), "made.pth", (bytes[0] & 1) != 0);
            const uint32_t root = pickle.read();
            check(pickle);
            check(checkpoint::read_state_dict(pickle, root, kFileSize, "made.pth"));
        },
        "made.pth");
}

}  // namespace rest::fuzz
