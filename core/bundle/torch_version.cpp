// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/version.h>

#include "core/bundle/system_facts.h"

namespace rest::bundle {

std::string torch_version() {
    return TORCH_VERSION;
}

}  // namespace rest::bundle
