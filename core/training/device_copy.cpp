// SPDX-License-Identifier: GPL-3.0-or-later
// By c10's calls that know no CUDA, so that one source serves every LibTorch.
#include "core/training/device_copy.h"

#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace rest {

torch::Tensor copy_beside(const torch::Tensor& host, torch::Device device) {
    if (device.is_cpu()) return host;
    const c10::Stream stream = c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device, false);
    const auto pinned = host.pin_memory();
    torch::Tensor copied;
    {
        const c10::StreamGuard on_stream(stream);
        copied = pinned.to(device, /*non_blocking=*/true);
    }
    stream.synchronize();
    return copied;
}

void used_here(const torch::Tensor& copied) {
    if (copied.is_cpu()) return;
    copied.record_stream(c10::impl::VirtualGuardImpl(copied.device().type()).getStream(copied.device()));
}

}  // namespace rest
