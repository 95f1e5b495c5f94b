// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <memory>

namespace rest::model {

/// A sequence of kernels as a CUDA graph: launched by one call instead of some 160. The captured work must not be read
/// by the host, and must find its tensors at the same addresses each time.
class StepGraph {
  public:
    StepGraph();
    ~StepGraph();
    StepGraph(StepGraph&&) noexcept;

    /// Whether this build and the environment (REST_GRAPHS=off) support graphs for `device`.
    static bool possible(torch::Device device);

    bool ready() const;
    /// Runs `step` once and captures it for replay(), on a separate stream that the current one waits for. If capturing
    /// fails, `step` has run nevertheless, ready() stays false, and a warning gives the reason.
    void run_and_capture(const std::function<void()>& step, torch::Device device);
    /// Runs the captured graph on the current stream.
    void replay();

  private:
    struct Captured;
    std::unique_ptr<Captured> captured_;
};

}  // namespace rest::model
