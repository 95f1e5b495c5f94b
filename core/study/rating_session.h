// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/study/study.h"

namespace rest::study {

/// All that an annotator may see of a clip: no class, score, step, model or other answers. Control clips look like the
/// others.
struct RatingItem {
    int64_t clip = 0;
    std::string caption;
    ClipSource source;
    bool training = false;  // the answer is followed by feedback
};

/// How a clip was viewed before the answer.
struct Viewing {
    int64_t milliseconds = 0;  // from the clip's first frame to the answer
    int64_t replays = 0;
};

struct Feedback {
    bool right = false;         // the answer equals the known one
    bool known_answer = false;  // yes or no
    std::string text;           // the researcher's, may be empty
};

struct RatingProgress {
    int64_t answered = 0;  // yes or no, training excluded
    int64_t skipped = 0;
    int64_t left = 0;  // the current one included
    int64_t training_left = 0;
    double seconds_left = -1;  // at the annotator's own median pace, -1 before the first answer
};

/// One annotator's session: signing in again continues where the annotator left off.
///
/// When answer(), skip() or undo() returns, the change is on disk. The study must outlive the session and be used by
/// the same thread. The next person needs a new session.
class RatingSession {
  public:
    /// Throws Error (invalid_argument) as Study::sign_in() does.
    RatingSession(Study& study, const std::string& code);

    const Annotator& annotator() const { return annotator_; }
    /// The clip to rate now; null if there is none left.
    const RatingItem* current() const { return current_ ? &*current_ : nullptr; }
    /// The following clip, for decoding in advance; null at the end.
    const RatingItem* next() const { return next_ ? &*next_ : nullptr; }
    RatingProgress progress() const;

    /// Answers yes or no for the current clip, then advances. Returns feedback for a training clip. Throws Error
    /// (invalid_argument) if there is no current clip or it was not viewed for the study's minimum time.
    std::optional<Feedback> answer(bool yes, const Viewing& viewing);
    /// Throws Error (invalid_argument) if the reason is empty.
    void skip(const std::string& reason, const Viewing& viewing);
    /// Withdraws the latest answer or skip that is not withdrawn yet, of this sitting or an earlier one, and makes its
    /// clip the current one. Training answers stay. False if there is none.
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
    bool reserved_ = false;        // rates the clips reserved for this annotator
    std::deque<int64_t> waiting_;  // after `next_`
    std::vector<Done> done_;       // what undo() can take back, oldest first
    std::optional<RatingItem> current_, next_;
};

}  // namespace rest::study
