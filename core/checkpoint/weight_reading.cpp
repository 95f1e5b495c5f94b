// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/weight_reading.h"

#include <fstream>

#include "core/base/error.h"
#include "core/checkpoint/safetensors.h"
#include "core/checkpoint/torch_pickle.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

bool is_safetensors(const std::string& head) {
    return head.size() > 8 && head[8] == '{';
}

RawWeights read_one(const fs::path& file, Reading reading) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::io, "Cannot read " + file.string(), "Check that you may read it.");
    std::string head(64, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<size_t>(in.gcount()));
    if (head.empty()) throw Error(ErrorCode::damaged, file.string() + " is empty", "Download it again.");
    if (head.starts_with("version https://git-lfs")) {
        throw Error(ErrorCode::damaged, file.string() + " is a Git LFS pointer, not the weights themselves",
                    "Run `git lfs pull` in its folder, or download the file.");
    }
    if (head.starts_with("<!") || head.starts_with("<html") || head.starts_with("<?xml")) {
        throw Error(ErrorCode::unsupported, file.string() + " is a web page, not a checkpoint",
                    "Download the file itself; some sites ask for a log-in first.");
    }
    // The length in a safetensors header may begin with the very byte that marks a pickle, so this is checked first.
    if (is_safetensors(head)) return {read_safetensors(file, reading), {}};
    if (head.starts_with("PK") || head[0] == '\x80') {
        RawWeights raw;
        raw.weights = read_torch_file(file, reading, &raw.opaque);
        return raw;
    }
    if (file.extension() == ".safetensors") return {read_safetensors(file, reading), {}};
    throw Error(ErrorCode::unsupported, file.string() + " is neither a safetensors nor a PyTorch file",
                "Give a Hugging Face folder or a .safetensors, .bin, .pth, .pt or .ckpt file.");
}

}  // namespace

RawWeights read_weights(const WeightFiles& files, Reading reading) {
    if (files.index.empty()) return read_one(files.pieces.at(0), reading);
    RawWeights all;
    for (const auto& piece : files.pieces) {
        auto part = read_one(piece, reading);
        const std::string name = piece.filename().string();
        for (const auto& [tensor, listed] : files.index) {
            if (listed != name || part.weights.contains(tensor) || part.opaque.contains(tensor)) continue;
            throw Error(ErrorCode::damaged,
                        piece.string() + " lacks the tensor " + tensor + ", which " + files.file.filename().string() +
                            " says it contains",
                        "Download " + name + " and the index again.");
        }
        // For a tensor in two pieces, the index decides.
        for (auto& [tensor, value] : part.weights) {
            const auto listed = files.index.find(tensor);
            if (listed == files.index.end() || listed->second == name) all.weights[tensor] = std::move(value);
        }
        all.opaque.merge(part.opaque);
    }
    return all;
}

}  // namespace rest::checkpoint
