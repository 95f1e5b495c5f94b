// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/base/matrix.h"

namespace rest::evaluation {

/// The k of "top-5".
constexpr int kTopFive = 5;

/// CLIP-TAM (Sec. 4): a caption is correct if its CLIP text feature is closest to that of the true class name.
struct ClipTam {
    double top1 = 0;  // percent of the labelled captions
    double top5 = 0;  // percent; equals 100 when there are five classes or fewer
    int64_t counted = 0;
    std::vector<int> predicted;  // (n) class of each caption; ties go to the lower class index
    std::vector<int> rank;       // (n) of the true class, 0 best, -1 without a label
};

/// captions (n, d) and classes (C, d), unit length; labels (n), -1 for unknown. Uses all processors. Throws Error
/// (invalid_argument) for mismatched sizes, labels out of range, NaN or infinity, or no classes.
ClipTam clip_tam(const Matrix& captions, const Matrix& classes, std::span<const int> labels);

}  // namespace rest::evaluation
