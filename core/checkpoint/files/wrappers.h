// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::checkpoint {

/// Where a model is among the flattened names of what a trainer saved.
struct FoundModel {
    std::string prefix;               // before its first known name: "", "state_dict.model.", "module._orig_mod."
    std::vector<std::string> others;  // prefixes of further complete models: averaged weights, a teacher
    bool found = false;
};

/// The model under whatever wrappers there are: any dotted prefix before a name that BLIP or CLIP begins with
/// ("visual_encoder.", "vision_model.", "visual.", ...). Of several, prefers one with both an image and a text side,
/// then one that is not an average of another, then the larger, the less deeply nested, the first by name. Optimiser
/// states are not models.
FoundModel find_model(const std::vector<std::string>& names);

/// A name without the components that torch.compile, DistributedDataParallel, FSDP and activation checkpointing insert
/// between a module and its children: "visual._orig_mod.conv1.weight" is "visual.conv1.weight".
std::string without_inner_wrappers(std::string_view name);

/// Whether a name within a model begins like one of BLIP's or CLIP's towers, in any layout.
bool is_tower_name(std::string_view name);

}  // namespace rest::checkpoint
