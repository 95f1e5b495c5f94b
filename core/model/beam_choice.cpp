// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/beam_choice.h"

#include <limits>

#include "core/model/decode_kernels.h"

namespace rest::model {
namespace {

constexpr double kForbiddenSum = -std::numeric_limits<double>::infinity();

/// The best 2 * beams continuations of each video, best first, (videos, 2 * beams) each.
struct Candidates {
    torch::Tensor sums;     // float32
    torch::Tensor parents;  // int64, rows of SearchTables
    torch::Tensor tokens;   // int64
};

/// Lowers the scores of tokens that a hypothesis contains, like transformers' RepetitionPenaltyLogitsProcessor.
void penalise_repetitions(torch::Tensor& scores, int64_t running, double penalty, const SearchTables& t) {
    auto ids = t.tokens.t().gather(0, t.ancestors);  // (rows, positions)
    const auto ahead = torch::arange(t.shape.positions, ids.options()) >= t.length;
    ids = torch::where(ahead, ids.select(1, 0).unsqueeze(1), ids);
    if (running == 1) ids = ids.view({t.shape.videos, t.shape.beams, -1}).select(1, 0);
    const auto seen = scores.gather(1, ids);
    scores.scatter_(1, ids, torch::where(seen < 0, seen * penalty, seen / penalty));
}

Candidates best_candidates(const StepLogits& logits, int64_t running, const BeamSettings& s, int64_t end,
                           const SearchTables& t) {
    const int64_t videos = t.shape.videos, vocabulary = logits.products.size(1);
    auto scores = logits.products + logits.bias;
    // Greedy search processes raw scores, as the reference does; only repetition penalties are affected.
    if (s.beams > 1 || s.repetition_penalty == 1) scores = torch::log_softmax(scores, 1);
    if (s.repetition_penalty != 1) penalise_repetitions(scores, running, s.repetition_penalty, t);
    scores.select(1, end).masked_fill_(t.length < s.min_length, kForbiddenSum);
    const auto sums = t.sums.view({videos, t.shape.beams}).slice(1, 0, running);
    const auto [values, indices] =
        (scores.view({videos, running, vocabulary}) + sums.unsqueeze(2)).flatten(1).topk(2 * s.beams);
    const auto first = torch::arange(0, t.shape.rows(), t.shape.beams, indices.options()).unsqueeze(1);
    return {values, indices.floor_divide(vocabulary) + first, indices.remainder(vocabulary)};
}

/// Adds candidates that end now to the finished captions: a stable sort, so that among equals the older one stays
/// first.
void keep_finished(const Candidates& c, const torch::Tensor& stops, int64_t beams, SearchTables& t) {
    const auto sums = c.sums.slice(1, 0, beams).to(torch::kFloat64);
    const auto kept =
        stops.slice(1, 0, beams).logical_and(sums > kNever).logical_and(t.done.logical_not().unsqueeze(1));
    const auto divisor = t.divisors.index_select(0, t.length + 1);
    const auto scores = torch::where(kept, sums / divisor, torch::full_like(sums, kForbiddenSum));
    const auto lengths = torch::where(kept, (t.length + 1).expand_as(kept), torch::zeros_like(kept, torch::kInt64));
    const auto [sorted, order] =
        torch::sort(torch::cat({t.finished_scores, scores}, 1), /*stable=*/true, /*dim=*/1, /*descending=*/true);
    const auto best = order.slice(1, 0, beams);
    t.finished_scores.copy_(sorted.slice(1, 0, beams));
    t.finished_lengths.copy_(torch::cat({t.finished_lengths, lengths}, 1).gather(1, best));
    t.finished_parents.copy_(torch::cat({t.finished_parents, c.parents.slice(1, 0, beams)}, 1).gather(1, best));
    t.finished_tokens.copy_(torch::cat({t.finished_tokens, c.tokens.slice(1, 0, beams)}, 1).gather(1, best));
}

/// The first `beams` candidates that do not end are the new beams. After the last token all end, and these are unused.
void run_on(const Candidates& c, const torch::Tensor& ends, int64_t beams, SearchTables& t) {
    const auto [flags, order] = torch::sort(ends.to(torch::kInt64), /*stable=*/true, /*dim=*/1, /*descending=*/false);
    const auto chosen = order.slice(1, 0, beams);
    const auto parents = c.parents.gather(1, chosen).flatten();
    t.tokens.index_copy_(0, t.length, c.tokens.gather(1, chosen).view({1, -1}));
    t.parents.index_copy_(0, t.length, parents.unsqueeze(0));
    t.ancestors.copy_(t.ancestors.index_select(0, parents));
    t.ancestors.index_copy_(1, t.length, torch::arange(t.shape.rows(), parents.options()).unsqueeze(1));
    t.sums.copy_(c.sums.gather(1, chosen).flatten());
}

/// A video is done at the maximum length, when greedy search has ended, or when the best running sum, if it ended now,
/// would not exceed the worst of `beams` finished ones: transformers' early_stopping=False.
void stop(int64_t beams, const torch::Tensor& last, SearchTables& t) {
    const auto full = t.finished_lengths.select(1, beams - 1) > 0;
    auto over = full;
    if (beams > 1) {
        const auto best =
            t.sums.view({-1, beams}).select(1, 0).to(torch::kFloat64) / t.divisors.index_select(0, t.length + 1);
        over = full.logical_and(best <= t.finished_scores.select(1, beams - 1));
    }
    t.done.logical_or_(over.logical_or(last));
}

}  // namespace

void choose(const StepLogits& logits, int64_t running, const BeamSettings& s, int64_t end, SearchTables& t) {
    if (choice_kernel_takes(logits, s, t)) {
        choose_by_kernel(logits, running, s, end, t);
    } else {
        const auto c = best_candidates(logits, running, s, end, t);
        const auto last = t.length + 1 >= s.max_length;
        const auto ends = c.tokens == end;
        keep_finished(c, ends.logical_or(last), s.beams, t);
        run_on(c, ends, s.beams, t);
        stop(s.beams, last, t);
    }
    t.length.add_(1);
}

}  // namespace rest::model
