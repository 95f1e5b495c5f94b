// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/beam_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/model/device_beam_search.h"

namespace rest::model {
namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

struct Beam {
    std::vector<int64_t> ids;
    double sum = 0;  // of log-probabilities
};

/// One video's search: its running beams, and the finished captions it keeps.
struct Search {
    int64_t video = 0;
    std::vector<Beam> running;
    std::vector<Hypothesis> finished;  // best first, at most `beams`
    bool done = false;
};

/// The reference's logits processors: lowers the scores of repeated tokens, forbids the end token before min_length.
void process(float* scores, int64_t vocabulary, const std::vector<int64_t>& ids, const BeamSettings& s, int64_t end) {
    if (s.repetition_penalty != 1) {
        std::vector<int64_t> seen(ids);
        std::sort(seen.begin(), seen.end());
        seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
        for (const int64_t id : seen) {
            if (id >= vocabulary) continue;
            const auto penalty = static_cast<float>(s.repetition_penalty);
            scores[id] = scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty;
        }
    }
    if (static_cast<int64_t>(ids.size()) < s.min_length) scores[end] = kForbidden;
}

double penalised(double sum, int64_t length, double penalty) {
    return sum / std::pow(static_cast<double>(length), penalty);
}

void keep_finished(Search& search, Hypothesis hypothesis, int64_t beams) {
    auto& kept = search.finished;
    const auto at = std::find_if(kept.begin(), kept.end(), [&](const auto& h) { return h.score < hypothesis.score; });
    kept.insert(at, std::move(hypothesis));
    if (static_cast<int64_t>(kept.size()) > beams) kept.pop_back();
}

struct Candidate {
    double sum;
    int64_t parent;  // beam of the same video
    int64_t token;
};

/// Advances one video by a token. `candidates`: the best 2 * beams continuations, best first. Returns the parents of
/// the new running beams.
std::vector<int64_t> advance(Search& search, const std::vector<Candidate>& candidates, const BeamSettings& s,
                             int64_t prompt_length, int64_t end) {
    const int64_t length = static_cast<int64_t>(search.running[0].ids.size()) + 1;
    const bool last = length >= s.max_length;
    std::vector<Beam> running;
    std::vector<int64_t> parents;
    for (size_t rank = 0; rank < candidates.size(); ++rank) {
        const auto& c = candidates[rank];
        const bool stops = c.token == end || last;
        if (!stops && static_cast<int64_t>(running.size()) == s.beams) continue;
        if (stops && static_cast<int64_t>(rank) >= s.beams) continue;
        Beam beam{search.running[c.parent].ids, c.sum};
        beam.ids.push_back(c.token);
        if (stops) {
            const double score = penalised(c.sum, length - prompt_length, s.length_penalty);
            if (c.sum > kNever) keep_finished(search, {std::move(beam.ids), score}, s.beams);
        } else {
            running.push_back(std::move(beam));
            parents.push_back(c.parent);
        }
    }
    search.running = std::move(running);
    const bool full = static_cast<int64_t>(search.finished.size()) >= s.beams;
    const bool greedy_end = s.beams == 1 && full;
    search.done = last || greedy_end || search.running.empty();
    if (!search.done && full) {
        const double best = penalised(search.running[0].sum, length - prompt_length, s.length_penalty);
        search.done = best <= search.finished.back().score;
    }
    return parents;
}

/// The best `count` continuations of each video's beams. scores (videos * beams, V) log-probabilities on the CPU.
std::vector<std::vector<Candidate>> best_candidates(torch::Tensor scores, const std::vector<Search*>& searches,
                                                    const BeamSettings& s, int64_t beams, int64_t end) {
    const int64_t vocabulary = scores.size(1);
    const bool plain = s.repetition_penalty == 1;
    for (size_t v = 0; v < searches.size(); ++v) {
        for (int64_t b = 0; b < beams; ++b) {
            const auto& beam = searches[v]->running[b];
            float* row = scores.data_ptr<float>() + (v * beams + b) * vocabulary;
            if (!plain || static_cast<int64_t>(beam.ids.size()) < s.min_length) {
                process(row, vocabulary, beam.ids, s, end);
            }
        }
    }
    std::vector<float> sums;
    for (const auto* search : searches) {
        for (const auto& beam : search->running) sums.push_back(static_cast<float>(beam.sum));
    }
    const auto added = scores + torch::tensor(sums).unsqueeze(1);
    const int64_t count = std::min(2 * s.beams, beams * vocabulary);
    const auto [values, indices] = added.view({static_cast<int64_t>(searches.size()), -1}).topk(count);
    const auto value = values.accessor<float, 2>();
    const auto index = indices.accessor<int64_t, 2>();
    std::vector<std::vector<Candidate>> out(searches.size());
    for (size_t v = 0; v < searches.size(); ++v) {
        for (int64_t i = 0; i < count; ++i) {
            out[v].push_back({value[v][i], index[v][i] / vocabulary, index[v][i] % vocabulary});
        }
    }
    return out;
}

torch::Tensor rows_tensor(const std::vector<int64_t>& rows, torch::Device device) {
    return torch::tensor(rows).to(device);
}

/// Decoding state shared by the videos still being searched: rows ordered by video, then by beam.
class Batch {
  public:
    Batch(const TextDecoder& decoder, const CrossMemory& memory, const std::vector<int64_t>& prompt,
          const BeamSettings& settings)
        : decoder_(decoder), settings_(settings), device_(memory.keys[0].device()), memory_(memory) {
        searches_.resize(memory.videos());
        const auto ids = torch::tensor(prompt).repeat({memory.videos(), 1}).to(device_);
        logits_ = decoder_.step(ids, memory_, cache_);
        for (int64_t v = 0; v < memory.videos(); ++v) {
            searches_[v].video = v;
            searches_[v].running = {Beam{prompt, 0}};
            active_.push_back(&searches_[v]);
        }
    }

    std::vector<Search> run(int64_t prompt_length) {
        const int64_t end = decoder_.sizes.eos;
        int64_t beams = 1;
        while (!active_.empty()) {
            // Greedy search processes raw scores, as the reference does; only repetition penalties are affected.
            auto scores = logits_.to(torch::kCPU, torch::kFloat32);
            scores = settings_.beams > 1 || settings_.repetition_penalty == 1 ? torch::log_softmax(scores, 1)
                                                                              : scores.clone();
            const auto candidates = best_candidates(scores, active_, settings_, beams, end);
            std::vector<Search*> next;
            std::vector<int64_t> parents, kept, tokens;
            for (size_t v = 0; v < active_.size(); ++v) {
                auto* search = active_[v];
                const auto from = advance(*search, candidates[v], settings_, prompt_length, end);
                if (search->done) continue;
                next.push_back(search);
                kept.push_back(static_cast<int64_t>(v));
                for (size_t b = 0; b < from.size(); ++b) {
                    parents.push_back(static_cast<int64_t>(v) * beams + from[b]);
                    tokens.push_back(search->running[b].ids.back());
                }
            }
            if (next.size() < active_.size() && !next.empty()) memory_ = memory_.select(rows_tensor(kept, device_));
            active_ = std::move(next);
            if (active_.empty()) break;
            beams = settings_.beams;
            cache_.reorder(rows_tensor(parents, device_));
            logits_ = decoder_.step(rows_tensor(tokens, device_).unsqueeze(1), memory_, cache_);
        }
        return std::move(searches_);
    }

  private:
    const TextDecoder& decoder_;
    const BeamSettings& settings_;
    torch::Device device_;
    CrossMemory memory_;
    DecoderCache cache_;
    torch::Tensor logits_;
    std::vector<Search> searches_;
    std::vector<Search*> active_;
};

void check(const BeamSettings& s, const std::vector<int64_t>& prompt, const TextDecoder& decoder) {
    if (s.beams < 1 || 2 * s.beams > decoder.sizes.vocabulary) {
        throw Error(ErrorCode::invalid_argument, "beams = " + std::to_string(s.beams) + " is out of range");
    }
    if (s.max_length <= static_cast<int64_t>(prompt.size())) {
        throw Error(ErrorCode::invalid_argument,
                    "max_length = " + std::to_string(s.max_length) + " leaves no room after a prompt of " +
                        std::to_string(prompt.size()) + " tokens",
                    "Raise max_length or shorten the prompt.");
    }
}

}  // namespace

std::vector<Hypothesis> beam_search(const TextDecoder& decoder, const CrossMemory& memory,
                                    const std::vector<int64_t>& prompt, const BeamSettings& settings) {
    check(settings, prompt, decoder);
    torch::NoGradGuard no_grad;
    if (memory.videos() == 0) return {};
    if (!memory.keys[0].is_cpu()) {
        if (decoder.device_search != nullptr) return decoder.device_search->run(memory, prompt, settings);
        return DeviceBeamSearch(StepDecoder::from(decoder, decoder.word_embedding.scalar_type()))
            .run(memory, prompt, settings);
    }
    Batch batch(decoder, memory, prompt, settings);
    std::vector<Hypothesis> out;
    for (auto& search : batch.run(static_cast<int64_t>(prompt.size()))) {
        if (search.finished.empty()) {
            throw Error(ErrorCode::diverged,
                        "The captioner's scores for a video contain NaN or infinity, so it cannot be captioned",
                        "Its weights are damaged or its training diverged: use another checkpoint.");
        }
        out.push_back(std::move(search.finished.front()));
    }
    return out;
}

}  // namespace rest::model
