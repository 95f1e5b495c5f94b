// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/models/catalogue.h"

namespace rest::models {

/// Which files of a repository a model is made of.
struct ChosenFiles {
    std::vector<std::string> files;  // each once
    std::string lacking;             // "neither vocab.txt nor tokenizer.json"; empty: it has all that is needed
};

/// `names`: of the files that are there. Where the weights are an index (model.safetensors.index.json), its pieces
/// (model-00001-of-00003.safetensors, ...) are chosen as well.
ChosenFiles choose_files(const CatalogueEntry& entry, const std::set<std::string>& names);

}  // namespace rest::models
