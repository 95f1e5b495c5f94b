// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/shape_ones.h"

#include <algorithm>

#include "core/checkpoint/files/layer_number.h"

namespace rest::checkpoint {
namespace {

/// The name of the same tensor in layer 0.
std::string of_first_layer(const std::string& name) {
    const auto number = layer_number(name);
    return number ? std::string(number->stack) + "0" + std::string(number->rest) : name;
}

/// Shapes of a one-layer model, needed only for their dimensions of 1: no other size in them is 1.
const Shapes& patterns(CheckpointKind kind) {
    static const auto make = [](CheckpointKind of) {
        ModelSizes sizes;
        sizes.vision.layers = sizes.text.layers = 1;
        return expected_tensors(of, sizes);
    };
    static const Shapes kClip = make(CheckpointKind::clip), kRetrieval = make(CheckpointKind::blip_retrieval),
                        kCaptioner = make(CheckpointKind::gar);
    if (kind == CheckpointKind::clip) return kClip;
    return kind == CheckpointKind::blip_retrieval ? kRetrieval : kCaptioner;
}

std::vector<int64_t> without_ones(std::vector<int64_t> shape) {
    std::erase(shape, 1);
    return shape;
}

}  // namespace

std::vector<int64_t> with_usual_ones(CheckpointKind kind, const std::string& name, const std::vector<int64_t>& shape) {
    const auto pattern = patterns(kind).find(of_first_layer(name));
    if (pattern == patterns(kind).end()) return shape;
    const auto sizes = without_ones(shape);
    if (sizes.size() != without_ones(pattern->second).size()) return shape;
    auto out = pattern->second;
    auto next = sizes.begin();
    for (auto& size : out) {
        if (size != 1) size = *next++;
    }
    return out;
}

}  // namespace rest::checkpoint
