// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::checkpoint {

/// Where a model lies among the flattened names of what a trainer saved.
struct FoundModel {
    std::string prefix;               // before its first known name: "", "state_dict.model.", "module._orig_mod."
    std::vector<std::string> others;  // prefixes of further whole models: averaged weights, a teacher
    bool found = false;
};

/// The model under whatever wrappers there are: any dotted words before a name that BLIP or CLIP begins with
/// ("visual_encoder.", "vision_model.", "visual.", ...). Among several the one with both an image and a text side is
/// taken, then one that is no average of another, then the larger, the less deeply nested, the first by name. States
/// of optimisers are no models.
FoundModel find_model(const std::vector<std::string>& names);

/// A name without the words that torch.compile, DistributedDataParallel, FSDP and activation checkpointing put between
/// a module and its parts: "visual._orig_mod.conv1.weight" is "visual.conv1.weight".
std::string without_inner_wrappers(std::string_view name);

/// Whether a name inside of a model begins as BLIP's and CLIP's towers do, in any layout.
bool is_tower_name(std::string_view name);

}  // namespace rest::checkpoint
