// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/device_adamw.h"

#ifdef REST_CUDA
#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "core/kernels/bf16_kernels.h"
#include "core/kernels/cuda/adamw.h"
#endif

namespace rest::kernels {

torch::Tensor adamw_on_device([[maybe_unused]] const torch::Tensor& values,
                              [[maybe_unused]] const torch::Tensor& gradients,
                              [[maybe_unused]] const torch::Tensor& first, [[maybe_unused]] const torch::Tensor& second,
                              [[maybe_unused]] const torch::Tensor& halves, [[maybe_unused]] const AdamWStep& s) {
#ifdef REST_CUDA
    if (bf16::on_cuda::take(values)) {
        const c10::DeviceGuard guard(values.device());
        auto not_finite = torch::zeros({1}, values.options().dtype(torch::kInt32));
        cuda::adamw_step({values.data_ptr<float>(), gradients.data_ptr<float>(), first.data_ptr<float>(),
                          second.data_ptr<float>(), halves.defined() ? halves.data_ptr() : nullptr, values.numel()},
                         s, not_finite.data_ptr<int>(), c10::cuda::getCurrentCUDAStream().stream());
        return not_finite;
    }
#endif
    return {};
}

}  // namespace rest::kernels
