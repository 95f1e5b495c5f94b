// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/step_graph.h"

#include <exception>

#ifdef REST_CUDA

#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cstdlib>
#include <string_view>

namespace rest::model {

struct StepGraph::Captured {
    at::cuda::CUDAGraph graph;
};

bool StepGraph::possible(torch::Device device) {
    static const bool wanted = [] {
        const char* graphs = std::getenv("REST_GRAPHS");
        return graphs == nullptr || std::string_view(graphs) != "off";
    }();
    return device.is_cuda() && wanted;
}

namespace {

/// `later` waits for all work queued on `earlier` so far.
void wait(const at::cuda::CUDAStream& later, const at::cuda::CUDAStream& earlier) {
    at::cuda::CUDAEvent event;
    event.record(earlier);
    event.block(later);
}

void capture(at::cuda::CUDAGraph& graph, const std::function<void()>& step) {
    // Only this thread is restricted: others, which load the next batch, continue to allocate.
    graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
    try {
        step();
    } catch (...) {
        try {
            graph.capture_end();
        } catch (...) {  // rethrows what `step` threw
        }
        throw;
    }
    graph.capture_end();
}

}  // namespace

void StepGraph::run_and_capture(const std::function<void()>& step, torch::Device device) {
    const c10::cuda::CUDAGuard on_device(device);
    const auto current = at::cuda::getCurrentCUDAStream();
    // The default stream cannot be captured.
    const auto side = at::cuda::getStreamFromPool(/*isHighPriority=*/true, current.device_index());
    wait(side, current);
    {
        const c10::cuda::CUDAStreamGuard guard(side);
        step();  // also gives cuBLAS its workspace for this stream before capture starts
        auto made = std::make_unique<Captured>();
        try {
            capture(made->graph, step);
            captured_ = std::move(made);
        } catch (const std::exception& problem) {
            cudaGetLastError();  // or the next launch would report it
            TORCH_WARN("Decoding goes on without a CUDA graph: ", problem.what());
        }
    }
    wait(current, side);
}

void StepGraph::replay() {
    captured_->graph.replay();
}

}  // namespace rest::model

#else

namespace rest::model {

struct StepGraph::Captured {};
bool StepGraph::possible(torch::Device) {
    return false;
}
void StepGraph::run_and_capture(const std::function<void()>& step, torch::Device) {
    step();
}
void StepGraph::replay() {}

}  // namespace rest::model

#endif

namespace rest::model {

StepGraph::StepGraph() = default;
StepGraph::~StepGraph() = default;
StepGraph::StepGraph(StepGraph&&) noexcept = default;
bool StepGraph::ready() const {
    return captured_ != nullptr;
}

}  // namespace rest::model
