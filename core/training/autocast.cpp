// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/autocast.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

namespace rest::training {
namespace {

void set_autocast(bool on) {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_enabled(at::kCUDA, on);
    at::autocast::set_autocast_dtype(at::kCUDA, at::kBFloat16);
#else
    at::autocast::set_enabled(on);
    at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
#endif
}

}  // namespace

AutocastGuard::AutocastGuard(bool enabled) : enabled_(enabled) {
    if (enabled_) set_autocast(true);
}

AutocastGuard::~AutocastGuard() {
    if (!enabled_) return;
    at::autocast::clear_cache();
    set_autocast(false);
}

}  // namespace rest::training
