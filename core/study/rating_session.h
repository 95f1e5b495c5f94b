// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/study/study.h"

namespace rest::study {

/// All that a person who rates may see of a clip: no class, score, step, model nor anybody's answers. Control clips
/// look like the others.
struct RatingItem {
    int64_t clip = 0;
    std::string caption;
    ClipSource source;
    bool training = false;  // the answer is followed by feedback
};

/// How an answer came about.
struct Viewing {
    int64_t milliseconds = 0;  // from the clip's first frame to the answer
    int64_t replays = 0;
};

struct Feedback {
    bool right = false;         // the answer was the known one
    bool known_answer = false;  // yes or no
    std::string text;           // of the researcher, may be empty
};

struct RatingProgress {
    int64_t answered = 0;  // yes or no, training left out
    int64_t skipped = 0;
    int64_t left = 0;  // the current one included
    int64_t training_left = 0;
    double seconds_left = -1;  // at the annotator's own median pace, -1 before the first answer
};

/// One annotator at work: who signs in goes on where he or she left.
///
/// What answer(), skip() and undo() acknowledge by returning is on the disk. The study must outlive the session and be
/// used by the same thread. Sign the next person in with another session.
class RatingSession {
  public:
    /// Throws Error (invalid_argument) as Study::sign_in() does.
    RatingSession(Study& study, const std::string& code);

    const Annotator& annotator() const { return annotator_; }
    /// What to rate now; null when there is nothing left.
    const RatingItem* current() const { return current_ ? &*current_ : nullptr; }
    /// What comes next, to be decoded beforehand; null before the end.
    const RatingItem* next() const { return next_ ? &*next_ : nullptr; }
    RatingProgress progress() const;

    /// Yes or no to the current clip, then goes on to the next. Feedback after a training clip. Throws Error
    /// (invalid_argument) when there is no current clip or it was not viewed for the study's minimum.
    std::optional<Feedback> answer(bool yes, const Viewing& viewing);
    /// Throws Error (invalid_argument) without a reason.
    void skip(const std::string& reason, const Viewing& viewing);
    /// Takes back the last answer or skip that was not taken back yet, of this sitting or an earlier one, and makes its
    /// clip the current one. Training answers stay. False when there is none.
    bool undo();

  private:
    struct Done {
        int64_t clip;
        Choice choice;
        int64_t milliseconds;
    };

    void record(Choice choice, const std::string& reason, const Viewing& viewing);
    void load();
    std::optional<RatingItem> take_wanted();
    bool still_wanted(int64_t clip) const;
    const RatingItem& require_current() const;

    Study& study_;
    Annotator annotator_;
    std::string sitting_;
    bool reserved_ = false;        // rates the clips set aside for him or her
    std::deque<int64_t> waiting_;  // after `next_`
    std::vector<Done> done_;       // what undo() can take back, oldest first
    std::optional<RatingItem> current_, next_;
};

}  // namespace rest::study
