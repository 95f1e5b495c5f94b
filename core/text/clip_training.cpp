// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/text/bpe_learner.h"
#include "core/text/clip_words.h"
#include "core/text/vocabulary_training.h"

namespace rest::text {
namespace {

WordCounts count_clip_words(const std::vector<std::string>& texts) {
    WordCounts counts;
    for (const auto& text : texts) {
        const std::string normalised = clip_normalised(text);
        for (const auto word : clip_words(normalised)) ++counts[std::string(word)];
    }
    return counts;
}

std::string vocabulary_json(const std::vector<std::string>& symbols) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    auto& tokens = json.get_ref<nlohmann::ordered_json::object_t&>();
    // Appended to the list directly: a look-up per key would take quadratic time.
    for (const auto& symbol : symbols) tokens.push_back({symbol, tokens.size()});
    for (const auto special : {kStartOfText, kEndOfText}) tokens.push_back({std::string(special), tokens.size()});
    return json.dump();
}

}  // namespace

void train_clip_bpe(const std::vector<std::string>& texts, const std::filesystem::path& folder, int max_merges) {
    if (max_merges < 0) {
        throw Error(ErrorCode::invalid_argument, "max_merges is " + std::to_string(max_merges), "Give 0 or more");
    }
    BpeLearner learner(count_clip_words(texts));
    learner.learn(max_merges);
    std::string merges = "#version: 0.2\n";
    for (const auto& [left, right] : learner.merges()) merges += left + " " + right + "\n";
    make_folder(folder);
    write_file_atomically(folder / "vocab.json", vocabulary_json(learner.symbols()));
    write_file_atomically(folder / "merges.txt", merges);
}

}  // namespace rest::text
