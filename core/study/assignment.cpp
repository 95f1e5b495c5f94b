// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/assignment.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/random.h"
#include "core/base/strings.h"

namespace rest::study {
namespace {

/// FNV-1a: maps the annotator's code to a random number stream.
uint64_t stream_of(const std::string& code) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char c : ascii_lower(code)) hash = (hash ^ c) * 0x100000001b3;
    return hash;
}

struct Waiting {
    int people;
    double key;
    int64_t clip;
    auto operator<=>(const Waiting&) const = default;
};

std::map<int64_t, Answer> current_of(const Study& study, const Annotator& annotator) {
    std::map<int64_t, Answer> current;
    for (auto& a : study.current_answers()) {
        if (a.annotator == annotator.uuid) current[a.clip] = std::move(a);
    }
    return current;
}

/// The clip undone last had been answered first: it comes first again.
std::vector<int64_t> undone(const Study& study, const std::map<int64_t, Answer>& current) {
    std::vector<std::pair<int64_t, int64_t>> by_sequence;
    for (const auto& [clip, answer] : current) {
        const bool counts = study.clip(clip).role != ClipRole::training;
        if (counts && answer.choice == Choice::withdrawn) by_sequence.emplace_back(-answer.sequence, clip);
    }
    std::sort(by_sequence.begin(), by_sequence.end());
    std::vector<int64_t> clips;
    for (const auto& [sequence, clip] : by_sequence) clips.push_back(clip);
    return clips;
}

}  // namespace

std::vector<int64_t> rating_order(const Study& study, const Annotator& annotator) {
    const auto& settings = study.info().settings;
    const auto current = current_of(study, annotator);
    const auto own = study.reserved(annotator.uuid);
    const uint64_t stream = stream_of(annotator.code);
    std::vector<Waiting> rated, controls;
    int64_t behind = 0;  // rated clips already done
    for (const auto& clip : study.clips()) {
        if (clip.role == ClipRole::training) continue;
        if (current.contains(clip.id)) {
            behind += clip.role == ClipRole::rated;
            continue;
        }
        const double key = Random(settings.seed, stream, static_cast<uint64_t>(clip.id)).uniform();
        if (clip.role == ClipRole::control) {
            controls.push_back({0, key, clip.id});
        } else if (own.empty()) {
            const int people = study.people_on(clip.id, annotator.uuid);
            if (people < settings.answers_per_clip) rated.push_back({people, key, clip.id});
        } else if (std::binary_search(own.begin(), own.end(), clip.id)) {
            rated.push_back({0, key, clip.id});
        }
    }
    std::sort(rated.begin(), rated.end());
    std::sort(controls.begin(), controls.end());
    std::vector<int64_t> order = undone(study, current);
    const auto all = static_cast<double>(behind + std::ssize(rated));
    auto control = controls.begin();
    for (size_t i = 0; i <= rated.size(); ++i) {
        const bool last = i == rated.size();
        const double reached = static_cast<double>(behind + static_cast<int64_t>(i));
        for (; control != controls.end() && (last || control->key * all <= reached); ++control) {
            order.push_back(control->clip);
        }
        if (!last) order.push_back(rated[i].clip);
    }
    return order;
}

std::vector<int64_t> training_order(const Study& study, const Annotator& annotator) {
    const auto current = current_of(study, annotator);
    std::vector<int64_t> order;
    for (const auto& clip : study.clips()) {
        if (clip.role == ClipRole::training && !current.contains(clip.id)) order.push_back(clip.id);
    }
    return order;
}

}  // namespace rest::study
