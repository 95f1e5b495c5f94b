// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/evaluation/tam/bootstrap.h"
#include "core/study/agreement.h"
#include "core/study/study.h"
#include "core/study/verdict.h"

namespace rest::study {

struct ReportSettings {
    TieRule ties = TieRule::no;
    bool pseudonyms = false;  // "annotator 1", ... instead of codes, in an order that reveals nothing
    evaluation::BootstrapSettings bootstrap;
};

/// A share of clips. Without clips: percent 0 of 0, which a page should show as a dash.
struct Share {
    int64_t part = 0, whole = 0;
    double percent = 0;
    evaluation::Interval interval;  // percent, bootstrap over clips
};

/// A coefficient with its bootstrap interval over clips (absent where undefined).
struct Coefficient {
    Statistic statistic;
    std::optional<evaluation::Interval> interval;
};

/// A rated clip as judged by people and CLIP-TAM.
struct ClipResult {
    StudyClip clip;
    int yes = 0, no = 0, skips = 0;
    std::optional<bool> people;  // the verdict; empty without answers or if a tie is left out
};

struct AnnotatorResult {
    std::string name;      // code or pseudonym
    int64_t answered = 0;  // current yes and no to rated clips
    int64_t yes = 0;
    int64_t skipped = 0;
    int64_t changed = 0;                       // answers later withdrawn or replaced, for rated and control clips
    int64_t controls_right = 0, controls = 0;  // answered yes or no
    double median_seconds = 0;                 // from first frame to answer; 0 without answers
    double total_seconds = 0;
};

/// People compared with CLIP-TAM on the same clips (Sec. 4). Only current answers to rated clips count; skips are left
/// out and counted; training and control clips appear only in the annotators' own figures.
struct StudyReport {
    StudyInfo info;
    TieRule ties = TieRule::no;
    double coverage = 0.95;   // of every interval
    int64_t clips = 0;        // rated ones of the frozen set
    int64_t rated_clips = 0;  // with a yes or a no
    int64_t full_clips = 0;   // with k answers or more
    int64_t tied_clips = 0;
    int64_t answers = 0;  // yes and no
    int64_t skips = 0;
    Share people;     // verdict yes, among the clips with a verdict
    Share clip_tam;   // correct, among the clips with a verdict and a label
    Share agreement;  // people and CLIP-TAM agree, among the same clips
    Coefficient raw, kappa, alpha, ac1;
    std::vector<StabilityPoint> stability;
    std::vector<AnnotatorResult> annotators;  // by name
    std::vector<ClipResult> results;          // every rated clip, by id
    /// Clips by [people say yes][CLIP-TAM correct]: indices into `results`.
    std::array<std::array<std::vector<size_t>, 2>, 2> quadrants;
};

StudyReport report_study(const Study& study, const ReportSettings& settings = {});

/// Names for the annotators by uuid: their codes, or pseudonyms.
std::vector<std::pair<std::string, std::string>> annotator_names(const Study& study, bool pseudonyms);

/// An explanation of the tie rule, in a sentence.
std::string explain(TieRule rule);

}  // namespace rest::study
