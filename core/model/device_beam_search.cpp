// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/device_beam_search.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/beam_choice.h"
#include "core/model/decode_kernels.h"

namespace rest::model {
namespace {

constexpr size_t kPlaces = 2;         // a job's batches, and its last, smaller one
constexpr int64_t kStepsBetween = 4;  // steps between checks whether all are done, which synchronise with the device

/// All tables that determine the captions, concatenated in one copy to the host.
struct Results {
    torch::Tensor all;  // int64 on the CPU
    int64_t positions, rows, videos;

    explicit Results(const SearchTables& t)
        : positions(t.shape.positions), rows(t.shape.rows()), videos(t.shape.videos) {
        const auto first = [](const torch::Tensor& best) { return best.select(1, 0).contiguous(); };
        all = torch::cat({t.tokens.flatten(), t.parents.flatten(), first(t.finished_lengths), first(t.finished_parents),
                          first(t.finished_tokens), first(t.finished_scores).view(torch::kInt64)})
                  .to(torch::kCPU);
    }
    const int64_t* tokens() const { return all.data_ptr<int64_t>(); }
    const int64_t* parents() const { return tokens() + positions * rows; }
    const int64_t* lengths() const { return parents() + positions * rows; }
    const int64_t* last_parents() const { return lengths() + videos; }
    const int64_t* last_tokens() const { return last_parents() + videos; }
    double score(int64_t video) const {
        return all.slice(0, all.size(0) - videos).view(torch::kFloat64).data_ptr<double>()[video];
    }
};

/// The best caption of a video, traced back from its end to the prompt.
Hypothesis trace(const Results& r, int64_t video, const std::vector<int64_t>& prompt) {
    const auto before = static_cast<int64_t>(prompt.size());
    const int64_t length = r.lengths()[video];
    Hypothesis found{prompt, r.score(video)};
    found.ids.resize(length);
    found.ids[length - 1] = r.last_tokens()[video];
    int64_t row = r.last_parents()[video];
    for (int64_t position = length - 2; position >= before; --position) {
        found.ids[position] = r.tokens()[position * r.rows + row];
        row = r.parents()[position * r.rows + row];
    }
    return found;
}

}  // namespace

DeviceBeamSearch::DeviceBeamSearch(StepDecoder decoder) : decoder_(std::move(decoder)) {}

DeviceBeamSearch::Place& DeviceBeamSearch::place_for(const CrossMemory& memory, const BeamSettings& settings) {
    const auto& keys = memory.keys[0];
    Kind kind{{memory.videos(), settings.beams, settings.max_length, static_cast<int64_t>(decoder_.layers.size()),
               decoder_.word_embedding.size(1), decoder_.type()},
              settings,
              keys.sizes().vec()};
    kind.memory_layout.insert(kind.memory_layout.end(), keys.strides().begin(), keys.strides().end());
    const auto at = std::find_if(places_.begin(), places_.end(), [&](const auto& place) { return place.kind == kind; });
    if (at != places_.end()) {
        places_.splice(places_.begin(), places_, at);
    } else {
        while (places_.size() >= kPlaces) places_.pop_back();
        auto tables = SearchTables::make(kind.shape, keys.device());
        places_.push_front({.kind = std::move(kind), .tables = std::move(tables)});
    }
    ++places_.front().searches;
    return places_.front();
}

/// Capturing takes as long as a short search: it is done for the second batch of a kind, when more are likely.
void DeviceBeamSearch::step(Place& place, const CrossMemory& memory) {
    if (place.graph.ready()) return place.graph.replay();
    const auto& settings = place.kind.settings;
    const auto work = [&] {
        choose(decoder_.step(memory, place.tables), settings.beams, settings, decoder_.sizes.eos, place.tables);
    };
    const auto device = place.tables.length.device();
    // Only our own kernels find the memory through a table; LibTorch's operations would be captured with its address.
    if (place.searches < 2 || place.tried || !StepGraph::possible(device) ||
        !decode_kernels_take(decoder_, memory, place.tables)) {
        return work();
    }
    place.tried = true;
    place.graph.run_and_capture(work, device);
}

std::vector<Hypothesis> DeviceBeamSearch::run(const CrossMemory& memory, const std::vector<int64_t>& prompt,
                                              const BeamSettings& settings) {
    torch::NoGradGuard no_grad;
    const c10::DeviceGuard on_device(memory.keys[0].device());  // our kernels run on the current device
    auto& place = place_for(memory, settings);
    auto& tables = place.tables;
    tables.start(prompt, settings);
    tables.look_at(memory);
    const auto before = static_cast<int64_t>(prompt.size());
    choose(decoder_.prompt(before, memory, tables), 1, settings, decoder_.sizes.eos, tables);
    for (int64_t length = before + 1; length < settings.max_length; ++length) {
        const bool may_be_done = length > settings.min_length && (length - before) % kStepsBetween == 0;
        if (may_be_done && tables.done.all().item<bool>()) break;
        step(place, memory);
    }
    const Results results(tables);
    std::vector<Hypothesis> out;
    for (int64_t v = 0; v < memory.videos(); ++v) {
        if (results.lengths()[v] == 0) {
            throw Error(ErrorCode::diverged,
                        "The captioner's scores for a video contain NaN or infinity, so it cannot be captioned",
                        "Its weights are damaged or its training diverged: use another checkpoint.");
        }
        out.push_back(trace(results, v, prompt));
    }
    return out;
}

}  // namespace rest::model
