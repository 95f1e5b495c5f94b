// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/tam/clip_tam.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/exact_dot.h"
#include "core/base/multiversion.h"
#include "core/base/parallel.h"

namespace rest::evaluation {
namespace {

void require(bool holds, const std::string& message) {
    if (!holds) throw Error(ErrorCode::invalid_argument, message);
}

bool finite(const Matrix& m) {
    return std::all_of(m.values.begin(), m.values.end(), [](float x) { return std::isfinite(x); });
}

void check(const Matrix& captions, const Matrix& classes, std::span<const int> labels) {
    require(classes.rows > 0, "CLIP-TAM needs at least one class name");
    require(captions.rows == 0 || captions.cols == classes.cols,
            fmt::format("CLIP-TAM: caption features of {} and class features of {} dimensions", captions.cols,
                        classes.cols));
    require(std::ssize(labels) == captions.rows,
            fmt::format("CLIP-TAM: {} labels for {} captions", labels.size(), captions.rows));
    require(finite(captions) && finite(classes), "CLIP-TAM: a feature holds a value that is not a finite number");
    for (const int label : labels) {
        require(label >= -1 && label < classes.rows,
                fmt::format("CLIP-TAM: label {} of {} classes", label, classes.rows));
    }
}

REST_MULTIVERSION void dots_with_rows(const float* query, const float* rows, int64_t n, int64_t d, float* out) {
    for (int64_t i = 0; i < n; ++i) out[i] = exact_dot(query, rows + i * d, d);
}

std::vector<float> scores_of(std::span<const float> caption, const Matrix& classes) {
    std::vector<float> scores(classes.rows);
    dots_with_rows(caption.data(), classes.values.data(), classes.rows, classes.cols, scores.data());
    return scores;
}

/// The number of classes ranked above `label`: higher scores, and equal ones of lower index.
int rank_of(int label, std::span<const float> scores) {
    int before = 0;
    for (int c = 0; c < static_cast<int>(scores.size()); ++c) {
        before += scores[c] > scores[label] || (scores[c] == scores[label] && c < label);
    }
    return before;
}

}  // namespace

ClipTam clip_tam(const Matrix& captions, const Matrix& classes, std::span<const int> labels) {
    check(captions, classes, labels);
    ClipTam tam;
    tam.predicted.resize(captions.rows);
    tam.rank.resize(captions.rows);
    parallel_for(captions.rows, [&](int64_t i) {
        const auto scores = scores_of(captions.row(i), classes);
        tam.predicted[i] = static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
        tam.rank[i] = labels[i] < 0 ? -1 : rank_of(labels[i], scores);
    });
    tam.counted = std::count_if(tam.rank.begin(), tam.rank.end(), [](int rank) { return rank >= 0; });
    if (tam.counted == 0) return tam;
    const auto percent_within = [&tam](int places) {
        const auto right = std::count_if(tam.rank.begin(), tam.rank.end(), [&](int r) { return r >= 0 && r < places; });
        return 100.0 * static_cast<double>(right) / static_cast<double>(tam.counted);
    };
    tam.top1 = percent_within(1);
    tam.top5 = percent_within(kTopFive);
    return tam;
}

}  // namespace rest::evaluation
