// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/evaluation/tam/bootstrap.h"
#include "core/evaluation/tam/clip_tam.h"

namespace rest::evaluation {

struct ClassScore {
    int label = 0;              // class index
    int64_t clips = 0;          // with this label; never 0
    double top1 = 0, top5 = 0;  // percent
};

struct Confusion {
    int label = 0, predicted = 0;  // class indices, different
    int64_t clips = 0;
};

/// Details behind CLIP-TAM's single numbers.
struct TamReport {
    double top1 = 0, top5 = 0;        // percent of the labelled clips
    double mean_class_top1 = 0;       // percent, every class weighted equally; classes without clips are excluded
    int64_t counted = 0;              // labelled clips
    int64_t unlabelled = 0;           // left out
    Interval top1_95, top5_95;        // bootstrap over clips
    std::vector<ClassScore> classes;  // by class index, those with clips
    std::vector<Confusion> confused;  // most clips first, then by indices
};

/// `labels` are those given to clip_tam(). All zeros if nothing is labelled. Throws Error (invalid_argument) if the
/// sizes differ or a setting is invalid.
TamReport report_clip_tam(const ClipTam& tam, std::span<const int> labels, const BootstrapSettings& settings = {});

}  // namespace rest::evaluation
