// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/own_kernels.h"

#include <cstdlib>
#include <string_view>

namespace rest::kernels {

bool own_kernels_wanted() {
    static const bool wanted = [] {
        const char* said = std::getenv("REST_KERNELS");
        return said == nullptr || std::string_view(said) != "off";
    }();
    return wanted;
}

}  // namespace rest::kernels
