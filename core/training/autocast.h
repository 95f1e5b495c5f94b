// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::training {

/// bf16 autocast on CUDA while it lives; does nothing when not `enabled`. LibTorch's calls for it changed between
/// versions: they are made here only.
class AutocastGuard {
  public:
    explicit AutocastGuard(bool enabled);
    ~AutocastGuard();
    AutocastGuard(const AutocastGuard&) = delete;
    AutocastGuard& operator=(const AutocastGuard&) = delete;

  private:
    bool enabled_;
};

}  // namespace rest::training
