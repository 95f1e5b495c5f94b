// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/out_of_memory.h"

#include <c10/util/Exception.h>

#include <array>
#include <new>
#include <string_view>

namespace rest::training {

bool is_out_of_memory(const std::exception& error) {
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
    if (dynamic_cast<const c10::Error*>(&error) == nullptr) return false;
    // The last two are from cuBLAS and cuDNN ("CUBLAS_STATUS_ALLOC_FAILED", "..._DEVICE_ALLOCATION_FAILED"), whose
    // workspaces are not allocated by LibTorch.
    constexpr std::array<std::string_view, 5> kWords = {"out of memory", "can't allocate memory", "not enough memory",
                                                        "_ALLOC_FAILED", "_ALLOCATION_FAILED"};
    const std::string_view what = error.what();
    for (const auto words : kWords) {
        if (what.find(words) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace rest::training
