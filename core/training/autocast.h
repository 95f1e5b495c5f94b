// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::training {

/// Scoped bf16 autocast on CUDA; does nothing if not `enabled`. LibTorch's API for it changed between versions: it is
/// used only here.
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
