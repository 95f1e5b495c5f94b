// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/text_pool.h"

#include "core/base/strings.h"

namespace rest::engine {

int32_t TextPool::add(const std::string& caption) {
    const auto [at, is_new] = ids_.emplace(caption_key(caption), static_cast<int32_t>(texts_.size()));
    if (is_new) texts_.push_back(caption);
    return at->second;
}

const torch::Tensor& TextPool::features(const Encoder& encode) {
    const int64_t encoded = features_.defined() ? features_.size(0) : 0;
    if (encoded == size() && features_.defined()) return features_;
    const std::vector<std::string> fresh(texts_.begin() + encoded, texts_.end());
    const auto added = encode(fresh);
    features_ = encoded > 0 ? torch::cat({features_, added}) : added;
    return features_;
}

void TextPool::preload(const std::vector<std::string>& captions, const torch::Tensor& features) {
    for (const auto& caption : captions) add(caption);
    features_ = features;
}

}  // namespace rest::engine
