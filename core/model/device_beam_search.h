// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>

#include "core/model/beam_search.h"
#include "core/model/step_decoder.h"
#include "core/model/step_graph.h"

namespace rest::model {

/// Beam search that stays on its device: each step is a fixed sequence of operations with constant shapes, finished
/// videos idle on, and the host only checks now and then whether all are done. Caches what batches of the same shape
/// share: the tables, and on CUDA a graph of a step. One search at a time. Works on any device; on the CPU
/// beam_search() is faster.
class DeviceBeamSearch {
  public:
    explicit DeviceBeamSearch(StepDecoder decoder);

    CrossMemory project(const torch::Tensor& visual) const { return decoder_.project(visual); }
    /// Like beam_search(), which checks the arguments.
    std::vector<Hypothesis> run(const CrossMemory& memory, const std::vector<int64_t>& prompt,
                                const BeamSettings& settings);

  private:
    /// What a captured step depends on.
    struct Kind {
        SearchShape shape;
        BeamSettings settings;
        std::vector<int64_t> memory_layout;
        bool operator==(const Kind&) const = default;
    };
    struct Place {
        Kind kind;
        SearchTables tables;
        StepGraph graph;
        int searches = 0;
        bool tried = false;  // capturing was attempted
    };

    Place& place_for(const CrossMemory& memory, const BeamSettings& settings);
    void step(Place& place, const CrossMemory& memory);

    StepDecoder decoder_;
    std::list<Place> places_;  // most recently used first
};

}  // namespace rest::model
