// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/flop_counts.h"

namespace rest::bench {

double layer_flop(double tokens, double seen, double hidden, double mlp) {
    return tokens * (8 * hidden * hidden + 4 * hidden * mlp) + 4 * tokens * seen * hidden;
}

double vision_flop(const checkpoint::VisionSizes& s, bool adapters) {
    const auto hidden = static_cast<double>(s.hidden);
    const auto patches = static_cast<double>((s.image / s.patch) * (s.image / s.patch));
    const double embedding = 2 * patches * hidden * 3 * static_cast<double>(s.patch * s.patch);
    const double layer = layer_flop(patches + 1, patches + 1, hidden, static_cast<double>(s.mlp));
    const double adapter = adapters ? 2 * 27 * patches * hidden : 0;
    return embedding + static_cast<double>(s.layers) * (layer + adapter);
}

double memory_flop(const checkpoint::TextSizes& s, double tokens) {
    return static_cast<double>(s.layers * 4 * s.encoder_hidden * s.hidden) * tokens;
}

double decoder_flop(const checkpoint::TextSizes& s, double rows, double length, double memory, double scored) {
    const auto hidden = static_cast<double>(s.hidden);
    const double self = layer_flop(length, length, hidden, static_cast<double>(s.mlp));
    const double cross = length * 4 * hidden * hidden + 4 * length * memory * hidden;
    const double head = 2 * scored * hidden * (hidden + static_cast<double>(s.vocabulary));
    return rows * (static_cast<double>(s.layers) * (self + cross) + head);
}

double generation_flop(const checkpoint::TextSizes& s, double rows, int64_t first, int64_t last, double memory) {
    double sum = decoder_flop(s, rows, static_cast<double>(first), memory, 1);
    const auto hidden = static_cast<double>(s.hidden);
    for (int64_t past = first; past + 1 < last; ++past) {
        const double self = layer_flop(1, static_cast<double>(past + 1), hidden, static_cast<double>(s.mlp));
        const double cross = 4 * hidden * hidden + 4 * memory * hidden;
        sum += rows * (static_cast<double>(s.layers) * (self + cross) +
                       2 * hidden * (hidden + static_cast<double>(s.vocabulary)));
    }
    return sum;
}

}  // namespace rest::bench
