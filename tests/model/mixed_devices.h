// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/record_function.h>
#include "core/tensor/libtorch.h"

#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace rest::test {

/// While it lives, records every LibTorch operation on any thread with operands both on the CPU and on another device,
/// which a GPU rejects. Copies between the two are allowed, and so are scalars (no dimension), which every device
/// accepts. LibTorch's `meta` kernels themselves do not check the device of their operands.
class MixedDevices {
  public:
    MixedDevices() {
        found().clear();
        at::RecordFunctionCallback callback(&MixedDevices::look);
        handle_ = at::addGlobalCallback(callback.needsInputs(true));
    }
    ~MixedDevices() { at::removeCallback(handle_); }
    MixedDevices(const MixedDevices&) = delete;
    MixedDevices& operator=(const MixedDevices&) = delete;

    /// The operations' names, with a space after each.
    std::string names() const {
        const std::lock_guard lock(mutex());
        std::string all;
        for (const auto& name : found()) all += name + " ";
        return all;
    }

  private:
    static std::set<std::string>& found() {
        static std::set<std::string> names;
        return names;
    }
    static std::mutex& mutex() {
        static std::mutex one;
        return one;
    }

    static void count(const torch::Tensor& tensor, int& host, int& device) {
        if (!tensor.defined() || tensor.dim() == 0) return;
        ++(tensor.is_cpu() ? host : device);
    }

    static std::unique_ptr<at::ObserverContext> look(const at::RecordFunction& function) {
        const std::string name = function.name();
        if (name == "aten::copy_" || name == "aten::_to_copy" || name == "aten::to") return nullptr;
        int host = 0, device = 0;
        for (const auto& input : function.inputs()) {
            if (input.isTensor()) count(input.toTensor(), host, device);
            if (!input.isList()) continue;
            for (const c10::IValue& entry : input.toListRef()) {
                if (entry.isTensor()) count(entry.toTensor(), host, device);
            }
        }
        if (host > 0 && device > 0) {
            const std::lock_guard lock(mutex());
            found().insert(name);
        }
        return nullptr;
    }

    at::CallbackHandle handle_;
};

}  // namespace rest::test
