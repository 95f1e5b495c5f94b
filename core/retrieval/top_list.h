// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace rest::retrieval {

/// The H best of a stream of guessed scores, ranked exactly: higher exact score first, then lower index.
///
/// Keeps what the guesses' error cannot rule out, about H to 2 H entries; exact scores are needed before the end only
/// if there are many ties.
class TopList {
  public:
    struct Source {
        const float* query;  // (d)
        const float* rows;   // (N, d)
        int64_t d;
        float error;  // of a guess, see guess_error()
    };

    TopList(const Source& source, int64_t h);

    /// Memory of a list of the `h` best.
    static int64_t bytes(int64_t h);

    /// Offers guessed scores of the rows first, first + 1, ...
    void offer(std::span<const float> guesses, int64_t first);
    /// Offers guessed scores of the rows `ids`.
    void offer(std::span<const float> guesses, std::span<const int32_t> ids);
    /// Adds the guessed score of row `id`, if it is at least threshold().
    void take(float guess, int32_t id);
    float threshold() const { return threshold_; }
    /// Writes the H best (or all, if fewer) to `out` and returns their number.
    int64_t finish(int32_t* out);

  private:
    void shrink();
    void settle(std::span<uint64_t> entries) const;
    void order();

    Source source_;
    size_t h_;
    size_t capacity_;
    float threshold_ = -std::numeric_limits<float>::infinity();  // guesses below it cannot be among the H best
    std::vector<uint64_t> entries_;  // score and index packed in one integer, better ones smaller: sorts fastest
};

}  // namespace rest::retrieval
