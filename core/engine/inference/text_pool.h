// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rest::engine {

/// Every distinct caption of a run (see caption_key()) and its CLIP feature, each encoded once.
class TextPool {
  public:
    /// The id of a caption; new ones are added. The first spelling is kept.
    int32_t add(const std::string& caption);
    int64_t size() const { return static_cast<int64_t>(texts_.size()); }
    const std::vector<std::string>& texts() const { return texts_; }
    const std::string& text(int32_t id) const { return texts_[id]; }

    /// Makes features of texts (n, d): encode_texts(), by one process or several.
    using Encoder = std::function<torch::Tensor(const std::vector<std::string>& texts)>;
    /// Features (size(), d) of all captions; encodes those without one.
    const torch::Tensor& features(const Encoder& encode);
    /// Those worked out so far, of the first captions; undefined when there are none.
    const torch::Tensor& known_features() const { return features_; }
    /// Sets features computed earlier: rows correspond to `captions`.
    void preload(const std::vector<std::string>& captions, const torch::Tensor& features);

  private:
    std::vector<std::string> texts_;
    std::unordered_map<std::string, int32_t> ids_;
    torch::Tensor features_;  // (encoded, d)
};

}  // namespace rest::engine
