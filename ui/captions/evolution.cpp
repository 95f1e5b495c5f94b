// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/evolution.h"

#include <algorithm>
#include <map>

#include "core/base/strings.h"

namespace rest::ui {

namespace {

using Records = std::vector<store::CaptionRecord>;

int placeOf(const Records& list, const std::string& key) {
    for (const store::CaptionRecord& caption : list) {
        if (caption_key(caption.text) == key) return caption.rank;
    }
    return -1;
}

/// The diff from the caption of `before` that shares most words with it; none when that is less than a third.
void compare(KeptCaption& kept, const Records& before) {
    for (const store::CaptionRecord& one : before) {
        auto diff = evaluation::word_diff(one.text, kept.caption.text);
        if (3 * diff.same < diff.same + std::max(diff.added, diff.removed)) continue;
        const bool nearer =
            !kept.diff || diff.same > kept.diff->same ||
            (diff.same == kept.diff->same && diff.added + diff.removed < kept.diff->added + kept.diff->removed);
        if (!nearer) continue;
        kept.diff = std::move(diff);
        kept.like = one.text;
    }
}

std::vector<KeptCaption> keptOf(const Records& list, const Records* before) {
    std::vector<KeptCaption> out;
    for (const store::CaptionRecord& caption : list) {
        KeptCaption kept{.caption = caption, .fresh = false, .place_before = -1, .diff = {}, .like = {}};
        if (before) {
            kept.place_before = placeOf(*before, caption_key(caption.text));
            kept.fresh = kept.place_before < 0;
            if (kept.fresh) compare(kept, *before);
        }
        out.push_back(std::move(kept));
    }
    return out;
}

std::vector<SaidCaption> saidAt(int step, const std::vector<store::GeneratedCaption>& made, const Records& list) {
    std::map<std::string, SaidCaption> by_key;
    for (const store::GeneratedCaption& one : made) {
        if (one.step != step) continue;
        const std::string key = caption_key(one.text);
        auto& said = by_key[key];
        if (said.times++ == 0) {
            said.text = one.text;
            said.model = one.model;
            said.place = placeOf(list, key);
        }
        if (one.frame >= 0 && std::ranges::find(said.frames, one.frame) == said.frames.end())
            said.frames.push_back(one.frame);
    }
    std::vector<SaidCaption> out;
    for (auto& [key, said] : by_key) {
        std::ranges::sort(said.frames);
        out.push_back(std::move(said));
    }
    std::ranges::stable_sort(out, [](const SaidCaption& a, const SaidCaption& b) {
        const bool a_chosen = a.place >= 0, b_chosen = b.place >= 0;
        if (a_chosen != b_chosen) return a_chosen;
        return a_chosen && a.place != b.place ? a.place < b.place : a.times > b.times;
    });
    return out;
}

}  // namespace

std::string EvolutionStep::fingerprint() const {
    std::string out = std::to_string(step);
    const auto add = [&out](const std::string& words) { out += '\n' + words; };
    for (const SaidCaption& one : said)
        add(one.text + '\t' + std::to_string(one.times) + ' ' + std::to_string(one.place));
    for (const KeptCaption& one : kept) {
        add(one.caption.text + '\t' + std::to_string(one.caption.clip_score) + ' ' +
            std::to_string(one.caption.source_video) + ' ' + std::to_string(one.place_before) + '\t' + one.like);
    }
    for (const store::CaptionRecord& one : given_up) add('-' + one.text);
    return out;
}

std::vector<EvolutionStep> evolutionOf(Records captions, const std::vector<store::GeneratedCaption>& made) {
    std::ranges::stable_sort(captions, [](const store::CaptionRecord& a, const store::CaptionRecord& b) {
        return a.step != b.step ? a.step < b.step : a.rank < b.rank;
    });
    std::vector<EvolutionStep> steps;
    Records before;
    for (auto first = captions.begin(); first != captions.end();) {
        const int number = first->step;
        const auto end = std::find_if(first, captions.end(), [&](const auto& one) { return one.step != number; });
        const Records list(first, end);
        EvolutionStep step;
        step.step = number;
        step.said = saidAt(number, made, list);
        step.kept = keptOf(list, steps.empty() ? nullptr : &before);
        for (const store::CaptionRecord& one : before) {
            if (placeOf(list, caption_key(one.text)) < 0) step.given_up.push_back(one);
        }
        steps.push_back(std::move(step));
        before = list;
        first = end;
    }
    return steps;
}

}  // namespace rest::ui
