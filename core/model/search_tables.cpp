// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/search_tables.h"

#include <cmath>
#include <limits>

#include "core/model/beam_search.h"

namespace rest::model {

SearchTables SearchTables::make(const SearchShape& s, torch::Device device) {
    const auto whole = torch::TensorOptions(torch::kInt64).device(device);
    const auto real = torch::TensorOptions(torch::kFloat64).device(device);
    const auto cache = torch::TensorOptions(s.type).device(device);
    SearchTables t;
    t.shape = s;
    t.length = torch::zeros({1}, whole);
    t.tokens = torch::zeros({s.positions, s.rows()}, whole);
    t.parents = torch::zeros({s.positions, s.rows()}, whole);
    t.ancestors = torch::zeros({s.rows(), s.positions}, whole);
    t.sums = torch::zeros({s.rows()}, whole.dtype(torch::kFloat32));
    t.done = torch::zeros({s.videos}, whole.dtype(torch::kBool));
    t.finished_scores = torch::zeros({s.videos, s.beams}, real);
    t.finished_lengths = torch::zeros({s.videos, s.beams}, whole);
    t.finished_parents = torch::zeros({s.videos, s.beams}, whole);
    t.finished_tokens = torch::zeros({s.videos, s.beams}, whole);
    t.divisors = torch::zeros({s.positions + 1}, real);
    t.keys = torch::zeros({s.layers, s.rows(), s.positions, s.width}, cache);
    t.values = torch::zeros({s.layers, s.rows(), s.positions, s.width}, cache);
    t.memory_places = torch::zeros({s.layers, 2}, whole);
    return t;
}

void SearchTables::start(const std::vector<int64_t>& prompt, const BeamSettings& settings) {
    const auto n = static_cast<int64_t>(prompt.size());
    std::vector<double> by_length(shape.positions + 1, 1);
    for (int64_t l = n + 1; l <= shape.positions; ++l)
        by_length[l] = std::pow(static_cast<double>(l - n), settings.length_penalty);
    divisors.copy_(torch::tensor(by_length, torch::kFloat64));
    length.fill_(n);
    tokens.slice(0, 0, n).copy_(torch::tensor(prompt).unsqueeze(1).to(tokens.device()));
    // The prompt is run once per video, by its first beam.
    const auto first = torch::arange(0, shape.rows(), shape.beams, ancestors.options());
    ancestors.view({shape.videos, shape.beams, -1}).copy_(first.view({-1, 1, 1}));
    sums.zero_();
    done.zero_();
    finished_scores.fill_(-std::numeric_limits<double>::infinity());
    finished_lengths.zero_();
    // LibTorch's operations read unwritten entries with weight 0: NaN from a diverged search must not remain there.
    keys.zero_();
    values.zero_();
}

void SearchTables::look_at(const CrossMemory& memory) {
    std::vector<int64_t> places;
    for (size_t i = 0; i < memory.keys.size(); ++i) {
        for (const auto* tensor : {&memory.keys[i], &memory.values[i]}) {
            places.push_back(static_cast<int64_t>(reinterpret_cast<intptr_t>(tensor->data_ptr())));
        }
    }
    memory_places.copy_(torch::tensor(places).view({-1, 2}));
}

}  // namespace rest::model
