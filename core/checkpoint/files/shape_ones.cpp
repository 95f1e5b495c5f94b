// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/shape_ones.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace rest::checkpoint {
namespace {

/// The name of the same tensor in layer 0.
std::string of_first_layer(const std::string& name) {
    constexpr std::array<std::string_view, 3> kBefore{"encoder.layers.", "encoder.layer.", "temporal_adapter."};
    for (const auto before : kBefore) {
        const auto found = name.find(before);
        if (found == std::string::npos) continue;
        const size_t begin = found + before.size();
        size_t end = begin;
        while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
        if (end > begin) return name.substr(0, begin) + "0" + name.substr(end);
    }
    return name;
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
