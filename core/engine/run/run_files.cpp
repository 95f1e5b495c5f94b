// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/run_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/file_checksum.h"
#include "core/base/file_error.h"
#include "core/base/json_text.h"
#include "core/checkpoint/safetensors.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kState = "state.json";
constexpr const char* kOptimiser = "optimizer.safetensors";

std::optional<RunState> read_state(const fs::path& folder) {
    if (!fs::exists(folder / kState) || !fs::exists(folder / kOptimiser)) return std::nullopt;
    const auto json = parse_json(read_file(folder / kState));
    if (!json || !json->is_object()) return std::nullopt;
    constexpr int kMost = std::numeric_limits<int>::max();
    constexpr int64_t kMostBatches = std::numeric_limits<int64_t>::max();
    return RunState{static_cast<int>(integer_member(*json, "epoch", 0, 0, kMost)),
                    static_cast<int>(integer_member(*json, "step", 0, 0, kMost)),
                    integer_member(*json, "place", 0, 0, kMostBatches),
                    integer_member(*json, "batch", 0, 0, kMostBatches),
                    integer_member(*json, "total", 0, 0, kMostBatches),
                    integer_member(*json, "clips", 0, 0, kMostBatches)};
}

constexpr std::array kChecked = {"model.safetensors", kOptimiser};

nlohmann::json checksums(const fs::path& folder) {
    nlohmann::json sums;
    for (const char* name : kChecked) sums[name] = file_checksum(folder / name);
    return sums;
}

bool has_vocabulary(const fs::path& folder) {
    return fs::exists(folder / "vocab.txt") || fs::exists(folder / "tokenizer.json");
}

}  // namespace

// Source of a new checkpoint's vocabulary: the newest checkpoint, as the captioner that a resumed run started from may
// be gone.
fs::path RunFiles::vocabulary_source(const Captioner& captioner) const {
    for (const auto& [state, folder] : checkpoints()) {
        if (has_vocabulary(folder)) return folder;
    }
    if (has_vocabulary(captioner.vocabulary)) return captioner.vocabulary;
    throw Error(ErrorCode::not_found, "The captioner's vocabulary is missing from " + captioner.vocabulary.string(),
                "Put its vocab.txt back and resume the run.");
}

void RunFiles::save(const RunState& state, const Captioner& captioner, const training::AdamW& optimiser) const {
    const auto within = state.place > 0 ? fmt::format("_clip_{}", state.place) : std::string();
    const fs::path final = folder_ / fmt::format("epoch_{:04d}{}", state.epoch, within);
    if (!optimiser.finite()) {
        throw Error(ErrorCode::diverged,
                    "The weights for " + final.string() + " contain NaN or infinity and are not saved",
                    "Lower learning_rate and continue from the previous checkpoint.");
    }
    const fs::path beside = final.string() + ".part";
    remove_folder(beside);
    make_folder(beside);
    checkpoint::Checkpoint checkpoint = captioner.source;
    checkpoint.kind = checkpoint::CheckpointKind::gar;
    checkpoint.sizes = captioner.model.sizes;
    for (const auto& [name, tensor] : captioner.model.weights)
        checkpoint.weights[name] = tensor.detach().to(torch::kCPU);
    checkpoint::write_blip_folder(beside, checkpoint, vocabulary_source(captioner));
    checkpoint::write_safetensors(beside / kOptimiser, {{"first_moment", optimiser.first_moment().to(torch::kCPU)},
                                                        {"second_moment", optimiser.second_moment().to(torch::kCPU)},
                                                        {"steps", torch::tensor({optimiser.steps()})}});
    const nlohmann::json json = {{"epoch", state.epoch},          {"step", state.step},   {"place", state.place},
                                 {"batch", state.batch},          {"total", state.total}, {"clips", state.clips},
                                 {"checksums", checksums(beside)}};
    write_file_atomically(beside / kState, json.dump(2));
    remove_folder(final);
    rename_folder(beside, final);
    const auto all = checkpoints();
    for (size_t i = static_cast<size_t>(std::max<int64_t>(1, keep_)); i < all.size(); ++i) remove_folder(all[i].second);
}

std::vector<std::pair<RunState, fs::path>> RunFiles::checkpoints() const {
    std::vector<std::pair<RunState, fs::path>> found;
    if (!fs::exists(folder_)) return found;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        if (!entry.is_directory() || entry.path().extension() == ".part") continue;
        if (const auto state = read_state(entry.path())) found.emplace_back(*state, entry.path());
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first.epoch, a.first.place) > std::pair(b.first.epoch, b.first.place);
    });
    return found;
}

std::optional<std::pair<RunState, fs::path>> RunFiles::newest_intact(Task& task) const {
    for (auto& found : checkpoints()) {
        if (is_intact(found.second)) return std::move(found);
        task.log(LogLevel::warning, "The checkpoint " + found.second.string() + " is damaged and skipped");
    }
    return std::nullopt;
}

/// Checkpoints older than checksums are accepted unchecked.
bool RunFiles::is_intact(const fs::path& folder) {
    try {
        const auto json = parse_json(read_file(folder / kState)).value();
        return !json.contains("checksums") || json["checksums"] == checksums(folder);
    } catch (const std::exception&) {
        return false;
    }
}

void RunFiles::restore_optimiser(const fs::path& checkpoint, training::AdamW& optimiser) {
    const auto state = checkpoint::read_safetensors(checkpoint / kOptimiser);
    optimiser.restore(checkpoint::require(state, "steps").item<int64_t>(), checkpoint::require(state, "first_moment"),
                      checkpoint::require(state, "second_moment"));
}

}  // namespace rest::engine
