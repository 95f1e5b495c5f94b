// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/layer_number.h"

#include <array>
#include <charconv>

namespace rest::checkpoint {

std::optional<LayerNumber> layer_number(std::string_view name) {
    constexpr std::array<std::string_view, 3> kStacks{"encoder.layers.", "encoder.layer.", "temporal_adapter."};
    for (const auto stack : kStacks) {
        const auto found = name.find(stack);
        if (found == std::string_view::npos) continue;
        const auto digits = name.substr(found + stack.size());
        LayerNumber out{.stack = name.substr(0, found + stack.size())};
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.layer);
        if (error != std::errc() || out.layer < 0) continue;
        out.rest = digits.substr(static_cast<size_t>(end - digits.data()));
        return out;
    }
    return std::nullopt;
}

}  // namespace rest::checkpoint
