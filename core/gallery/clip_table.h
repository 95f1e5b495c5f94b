// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/gallery/words.h"
#include "core/store/project.h"

namespace rest::gallery {

/// A run's epoch that was measured.
struct EvaluationRef {
    store::RunId run = 0;  // 0: none
    int epoch = 0;
    int step = -1;  // retrieval step of that epoch, -1 unknown

    explicit operator bool() const { return run != 0; }
    friend auto operator<=>(const EvaluationRef&, const EvaluationRef&) = default;
};

/// Answers of people to "does the text describe the action", skips and withdrawn ones left out.
struct Votes {
    int yes = 0, no = 0;

    People people() const {
        if (yes + no == 0) return People::unasked;
        return no == 0 ? People::all_yes : yes == 0 ? People::all_no : People::disagree;
    }
};

/// What was said of a clip, how CLIP-TAM read it, and what is known besides.
struct Clip {
    store::VideoId video = 0;
    std::string caption;
    std::string words;  // the caption in lower case
    double score = 0;   // of the captioner: mean log-probability; the cosine for baselines that rank class names
    dataset::Split split = dataset::Split::train;
    int label = -1;      // true class, -1 unknown
    int predicted = -1;  // class read, -1 when it is no class of the project
    int rank = -1;       // of the true class when it was measured, 0 best, -1 without a label
    std::vector<store::NearClass> nearest;
    float margin = std::numeric_limits<float>::quiet_NaN();  // lead of the class read over the next; NaN: not kept
    Verdict verdict = Verdict::unlabelled;
    Change change = Change::only_here;
    int predicted_before = -1;   // class that the other evaluation reads
    std::string caption_before;  // in the other evaluation
    Votes votes;
};

/// Every clip of an evaluation, beside another one. Immutable once made; may be shared between threads.
struct ClipTable {
    EvaluationRef evaluation, other;
    store::RunRecord run;
    std::vector<std::string> classes;
    std::vector<Clip> clips;        // by video id
    double largest_margin = 0;      // 0 where no margin is known
    int64_t unknown_margins = 0;    // clips whose scores were not kept
    int64_t judged = 0;             // clips whose caption people rated
    std::vector<Problem> problems;  // studies that cannot be read

    /// -1 unknown.
    int row_of(store::VideoId video) const;
    std::string class_name(int label) const;  // empty for none
};

/// What people put on the captions of a ClipTable. Immutable once made.
struct Marks {
    struct Mark {
        uint64_t tags = 0;  // bit n: tags[n]
        int note = -1;      // into `notes`
    };
    std::vector<store::Tag> tags;  // in their order
    std::vector<Mark> marks;       // by row of the table
    std::vector<store::ClipNote> notes;
    std::vector<store::Tagging> taggings;  // by video
    int64_t of_other_words = 0;            // taggings and notes of captions that the epoch does not have any more

    /// Into `tags`, -1 unknown.
    int index_of(store::TagId tag) const;
    std::span<const store::Tagging> taggings_of(store::VideoId video) const;
};

/// `videos` are the project's, by id. A clip is right when the class read is its label as it stands now. Throws Error:
/// not_found for what was not measured, and what the store throws.
ClipTable load_clips(const store::Project& project, std::span<const store::VideoRecord> videos,
                     const EvaluationRef& evaluation, const EvaluationRef& other = {});

/// Tags count for the caption that they were given for, and for no other.
Marks load_marks(const store::Project& project, const ClipTable& table);

}  // namespace rest::gallery
