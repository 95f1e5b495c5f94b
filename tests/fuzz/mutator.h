// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"

namespace rest::fuzz {

/// Damages inputs in ways that occur in practice and in ways that attackers try; the sequence is always the same.
class Mutator {
  public:
    /// `seeds` is not empty and outlives the mutator.
    explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds), random_(0) {}

    std::string next();

  private:
    size_t below(size_t limit) { return random_.below(static_cast<uint32_t>(limit)); }
    void change(std::string& bytes);

    const std::vector<std::string>& seeds_;
    Random random_;
};

}  // namespace rest::fuzz
