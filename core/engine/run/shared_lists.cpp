// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/shared_lists.h"

#include "core/engine/run/messages.h"

namespace rest::engine {
namespace {

/// The numbers of all lists, behind one another: each list's length, then its captions' ids and origins.
torch::Tensor numbers_of(const CaptionTable& captions) {
    std::vector<int64_t> out;
    for (int64_t i = 0; i < captions.videos(); ++i) {
        const auto list = captions.of(i);
        out.push_back(std::ssize(list));
        for (const auto& caption : list) out.insert(out.end(), {caption.id, caption.origin});
    }
    return torch::tensor(out, torch::kInt64);
}

torch::Tensor scores_of(const CaptionTable& captions) {
    std::vector<float> out;
    for (int64_t i = 0; i < captions.videos(); ++i) {
        for (const auto& caption : captions.of(i)) out.push_back(caption.score);
    }
    return torch::tensor(out, torch::kFloat32);
}

CaptionTable table_of(int64_t videos, const torch::Tensor& numbers, const torch::Tensor& scores) {
    CaptionTable out(videos);
    const auto* number = numbers.data_ptr<int64_t>();
    const auto* score = scores.data_ptr<float>();
    for (int64_t i = 0; i < videos; ++i) {
        for (int64_t length = *number++; length > 0; --length, number += 2)
            out.add(i, {static_cast<int32_t>(number[0]), static_cast<int32_t>(number[1]), *score++});
    }
    return out;
}

}  // namespace

void share_lists(RestRun& run) {
    auto& crew = run.crew;
    if (crew.size() == 1) return;
    const auto texts = crew.owners<std::vector<std::string>>([&](store::Project&) { return run.texts.texts(); });
    const auto& known = run.texts.known_features();
    const auto features = crew.owners_tensor(known.defined() ? known : torch::empty({0, 0}));
    const auto numbers = crew.owners_tensor(numbers_of(run.captions));
    const auto scores = crew.owners_tensor(scores_of(run.captions));
    if (crew.owns_project()) return;
    for (const auto& text : texts) run.texts.add(text);
    if (features.size(0) > 0) run.texts.preload({}, features);
    run.captions = table_of(run.train.size(), numbers, scores);
}

void agree_on_unreadable(RestRun& run) {
    if (run.crew.size() == 1) return;
    std::vector<std::pair<int64_t, Problem>> news;
    for (auto& found : run.train.unreadable()) {
        if (!run.unreadable.contains(found.first)) news.push_back(std::move(found));
    }
    for (const auto& [index, why] : run.crew.gathered(std::move(news))) {
        run.unreadable.insert(index);
        run.train.leave_out(index, why, false);
    }
    run.train.tell_unreadable(run.context);
}

}  // namespace rest::engine
