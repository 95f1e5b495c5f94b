// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/caption_candidates.h"

#include <algorithm>
#include <bit>

#include "core/retrieval/exact_scores.h"

namespace rest::retrieval {

std::vector<int32_t> IdSet::take() {
    std::vector<int32_t> ids;
    for (size_t w = 0; w < words_.size(); ++w) {
        for (uint64_t bits = words_[w]; bits != 0; bits &= bits - 1) {
            ids.push_back(static_cast<int32_t>(w * 64 + static_cast<size_t>(std::countr_zero(bits))));
        }
        words_[w] = 0;
    }
    return ids;
}

std::vector<std::vector<int32_t>> gather_candidates(const CaptionLists& lists, const torch::Tensor& neighbours,
                                                    int64_t first_row, int64_t captions, const VideoRange& of) {
    const int64_t h = neighbours.size(1), count = of.size();
    std::vector<std::vector<int32_t>> out(count);
    const int64_t shares = std::min<int64_t>(count, at::get_num_threads());  // one set per share
    parallel_rows(shares, [&](int64_t share) {
        IdSet set(captions);
        for (int64_t v = share; v < count; v += shares) {
            const int32_t* row = neighbours.data_ptr<int32_t>() + (of.first - first_row + v) * h;
            set.add(list_of(lists, of.first + v));
            for (int64_t j = 0; j < h; ++j) set.add(list_of(lists, row[j]));
            out[v] = set.take();
        }
    });
    return out;
}

}  // namespace rest::retrieval
