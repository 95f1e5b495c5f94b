// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/rating_session.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/study/assignment.h"

namespace rest::study {

RatingSession::RatingSession(Study& study, const std::string& code)
    : study_(study), annotator_(study.sign_in(code)), sitting_(new_uuid()) {
    reserved_ = !study.reserved(annotator_.uuid).empty();
    for (const auto& a : study.current_answers()) {
        if (a.annotator != annotator_.uuid || a.choice == Choice::withdrawn) continue;
        if (study.clip(a.clip).role != ClipRole::training) done_.push_back({a.clip, a.choice, a.milliseconds});
    }
    for (const int64_t clip : training_order(study, annotator_)) waiting_.push_back(clip);
    for (const int64_t clip : rating_order(study, annotator_)) waiting_.push_back(clip);
    load();
}

/// Since the order was computed, another process may have assigned the clip to enough people.
bool RatingSession::still_wanted(int64_t clip) const {
    if (reserved_ || study_.clip(clip).role != ClipRole::rated) return true;
    return study_.people_on(clip, annotator_.uuid) < study_.info().settings.answers_per_clip;
}

std::optional<RatingItem> RatingSession::take_wanted() {
    while (!waiting_.empty()) {
        const auto& clip = study_.clip(waiting_.front());
        waiting_.pop_front();
        if (!still_wanted(clip.id)) continue;
        return RatingItem{clip.id, clip.caption, study_.source(clip.id), clip.role == ClipRole::training};
    }
    return std::nullopt;
}

void RatingSession::load() {
    if (!current_) {
        current_ = std::move(next_);
        next_.reset();
    }
    if (!current_) current_ = take_wanted();
    if (!next_) next_ = take_wanted();
}

const RatingItem& RatingSession::require_current() const {
    if (current_) return *current_;
    throw Error(ErrorCode::invalid_argument, "There is no clip left for " + annotator_.code + " to answer");
}

void RatingSession::record(Choice choice, const std::string& reason, const Viewing& viewing) {
    Answer answer{.annotator = annotator_.uuid, .clip = current_->clip, .sitting = sitting_, .choice = choice};
    answer.reason = reason;
    answer.milliseconds = std::max<int64_t>(0, viewing.milliseconds);
    answer.replays = std::max<int64_t>(0, viewing.replays);
    study_.record(std::move(answer));
    if (!current_->training) done_.push_back({current_->clip, choice, viewing.milliseconds});
    current_.reset();
    load();
}

std::optional<Feedback> RatingSession::answer(bool yes, const Viewing& viewing) {
    const RatingItem& item = require_current();
    const int least = study_.info().settings.minimum_viewing_ms;
    if (viewing.milliseconds < least) {
        throw Error(ErrorCode::invalid_argument,
                    "Answered after " + std::to_string(viewing.milliseconds) + " ms; this study asks for " +
                        std::to_string(least) + " ms of viewing",
                    "Watch the clip a little longer.");
    }
    std::optional<Feedback> feedback;
    const auto& clip = study_.clip(item.clip);
    if (item.training && clip.known) feedback = Feedback{yes == *clip.known, *clip.known, clip.feedback};
    record(yes ? Choice::yes : Choice::no, "", viewing);
    return feedback;
}

void RatingSession::skip(const std::string& typed, const Viewing& viewing) {
    require_current();
    const std::string reason = collapse_blanks(typed);
    if (reason.empty()) {
        throw Error(ErrorCode::invalid_argument, "A clip was skipped without a reason", "Say why it cannot be judged.");
    }
    record(Choice::skip, reason, viewing);
}

bool RatingSession::undo() {
    if (done_.empty()) return false;
    const auto& clip = study_.clip(done_.back().clip);
    study_.record({.annotator = annotator_.uuid, .clip = clip.id, .sitting = sitting_, .choice = Choice::withdrawn});
    done_.pop_back();
    if (next_) waiting_.push_front(next_->clip);
    next_ = std::move(current_);
    current_ = RatingItem{clip.id, clip.caption, study_.source(clip.id), false};
    return true;
}

RatingProgress RatingSession::progress() const {
    RatingProgress p;
    std::vector<int64_t> times;
    for (const auto& done : done_) {
        ++(done.choice == Choice::skip ? p.skipped : p.answered);
        if (done.choice != Choice::skip) times.push_back(done.milliseconds);
    }
    const auto count = [&](int64_t clip) {
        ++(study_.clip(clip).role == ClipRole::training ? p.training_left : p.left);
    };
    if (current_) count(current_->clip);
    if (next_) count(next_->clip);
    for (const int64_t clip : waiting_) count(clip);
    if (!times.empty()) {
        const auto middle = times.begin() + std::ssize(times) / 2;
        std::nth_element(times.begin(), middle, times.end());
        p.seconds_left = static_cast<double>(*middle * (p.left + p.training_left)) / 1000;
    }
    return p;
}

}  // namespace rest::study
