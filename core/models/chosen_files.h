// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/models/catalogue.h"

namespace rest::models {

/// The files of a repository that make up a model.
struct ChosenFiles {
    std::vector<std::string> files;  // without duplicates
    std::string lacking;             // "neither vocab.txt nor tokenizer.json"; empty: nothing
};

/// `names`: the available files. For an index (model.safetensors.index.json) its pieces
/// (model-00001-of-00003.safetensors, ...) are chosen as well.
ChosenFiles choose_files(const CatalogueEntry& entry, const std::set<std::string>& names);

}  // namespace rest::models
