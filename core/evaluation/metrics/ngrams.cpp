// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/metrics/ngrams.h"

namespace rest::evaluation {

Ngrams count_ngrams(const Words& words) {
    Ngrams counts;
    for (size_t first = 0; first < words.size(); ++first) {
        std::string run;
        for (size_t n = 0; n < counts.size() && first + n < words.size(); ++n) {
            if (n > 0) run += ' ';
            run += words[first + n];
            ++counts[n][run];
        }
    }
    return counts;
}

}  // namespace rest::evaluation
