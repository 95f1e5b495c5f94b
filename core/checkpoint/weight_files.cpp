// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/weight_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <regex>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/checkpoint/safetensors.h"
#include "core/checkpoint/torch_pickle.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIndexEnding = ".index.json";

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

/// In the order in which transformers and open_clip look for them.
constexpr std::array kKnownNames{
    "model.safetensors",      "model.safetensors.index.json", "open_clip_model.safetensors",
    "pytorch_model.bin",      "pytorch_model.bin.index.json", "open_clip_pytorch_model.bin",
    "pytorch_model_fsdp.bin", "mp_rank_00_model_states.pt"};

[[noreturn]] void no_weights_in(const fs::path& folder) {
    constexpr std::array kExtensions{".pth", ".pt", ".safetensors", ".bin", ".ckpt"};
    std::set<std::string> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (std::ranges::find(kExtensions, entry.path().extension()) != kExtensions.end())
            found.insert(entry.path().filename().string());
        const bool inner = entry.is_directory(error) && std::ranges::any_of(kKnownNames, [&](const char* name) {
                               return is_there(entry.path() / name);
                           });
        if (inner) found.insert(entry.path().filename().string() + "/");
    }
    if (is_there(folder / ".metadata")) {
        throw Error(
            ErrorCode::unsupported, folder.string() + " holds a checkpoint of torch.distributed in parts",
            "Run `python -m torch.distributed.checkpoint.format_utils dcp_to_torch` on it, and give what it writes.");
    }
    if (std::ranges::any_of(found, [](const auto& name) { return name.starts_with("zero_pp_rank_"); })) {
        throw Error(ErrorCode::unsupported, folder.string() + " holds a model that DeepSpeed has cut up (ZeRO stage 3)",
                    "Run DeepSpeed's zero_to_fp32.py, which lies beside the folder, and give the file it writes.");
    }
    std::string names;
    for (const auto& name : found) names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::not_found, "There is neither model.safetensors nor pytorch_model.bin in " + folder.string(),
                names.empty() ? "Give the folder of a Hugging Face checkpoint, or a weight file."
                              : "Give the file itself; the folder holds " + names + ".");
}

/// The pieces that an index names. transformers writes {"weight_map": {"tensor": "model-00001-of-00002.safetensors"}}.
WeightFiles read_index(const fs::path& path) {
    constexpr size_t kLargestFile = size_t{64} << 20;
    const auto json = parse_json(read_file(path, kLargestFile));
    const bool right = json && json->is_object() && json->contains("weight_map") && (*json)["weight_map"].is_object() &&
                       !(*json)["weight_map"].empty();
    if (!right) {
        throw Error(ErrorCode::damaged, path.string() + " has no weight_map that names the pieces of a checkpoint",
                    "Download it anew.");
    }
    WeightFiles files{.file = path, .pieces = {}, .index = {}};
    std::set<std::string> pieces;
    for (const auto& [tensor, piece] : (*json)["weight_map"].items()) {
        const std::string name = piece.is_string() ? piece.get<std::string>() : "";
        if (name.empty() || fs::path(name).filename() != name || name == "..") {
            throw Error(ErrorCode::damaged,
                        path.string() + " names the piece " + piece.dump().substr(0, 80) + " for " + tensor +
                            ", which is no name of a file beside it",
                        "Download it anew.");
        }
        files.index.emplace(tensor, name);
        pieces.insert(name);
    }
    for (const auto& name : pieces) {
        files.pieces.push_back(path.parent_path() / name);
        if (is_there(files.pieces.back())) continue;
        const auto lost = std::ranges::find(files.index, name, [](const auto& entry) { return entry.second; });
        throw Error(ErrorCode::not_found,
                    path.string() + " lists " + name + " (" + lost->first + " for one), which is not beside it",
                    "Download " + name + " too.");
    }
    return files;
}

/// The index that lists `file` as one of its pieces; empty if there is none.
fs::path index_of(const fs::path& file) {
    static const std::regex kPiece(R"((.+)-\d{5}-of-\d{5}(\.[A-Za-z]+))");
    std::smatch match;
    const std::string name = file.filename().string();
    if (!std::regex_match(name, match, kPiece)) return {};
    return file.parent_path() / (match[1].str() + match[2].str() + std::string(kIndexEnding));
}

WeightFiles of_file(const fs::path& path) {
    if (path.string().ends_with(kIndexEnding)) return read_index(path);
    const auto index = index_of(path);
    if (index.empty()) return {.file = path, .pieces = {path}, .index = {}};
    if (is_there(index)) return read_index(index);
    throw Error(ErrorCode::not_found,
                path.string() + " is one piece of a checkpoint, and " + index.filename().string() + " is not beside it",
                "Put the other pieces and the index into its folder.");
}

/// DeepSpeed writes the name of its newest folder into a file.
fs::path newest_of_deepspeed(const fs::path& folder) {
    constexpr size_t kLargestFile = 1 << 12;
    const auto latest = folder / "latest";
    std::error_code error;
    if (!fs::is_regular_file(latest, error) || fs::file_size(latest, error) > kLargestFile) return {};
    const fs::path name(std::string(trimmed(read_file(latest, kLargestFile))));
    if (name.empty() || name.filename() != name || name == "..") return {};
    return is_there(folder / name) ? folder / name : fs::path();
}

bool is_safetensors(const std::string& head) {
    return head.size() > 8 && head[8] == '{';
}

RawWeights read_one(const fs::path& file, Reading reading) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(ErrorCode::io, "Cannot read " + file.string(), "Check that you may read it.");
    std::string head(64, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<size_t>(in.gcount()));
    if (head.empty()) throw Error(ErrorCode::damaged, file.string() + " is empty", "Download it anew.");
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

WeightFiles find_weight_files(const fs::path& path) {
    if (!is_there(path)) {
        throw Error(ErrorCode::not_found, "There is no file or folder " + path.string(), "Check the path.");
    }
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        auto files = of_file(path);
        files.one_file_asked_for = true;
        return files;
    }
    for (const char* name : kKnownNames) {
        if (is_there(path / name)) return of_file(path / name);
    }
    if (const auto newest = newest_of_deepspeed(path); !newest.empty()) return find_weight_files(newest);
    no_weights_in(path);
}

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
                            " says it holds",
                        "Download " + name + " and the index anew.");
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
