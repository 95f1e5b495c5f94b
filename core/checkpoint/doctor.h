// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace rest::checkpoint {

/// What `rest doctor` found out about a checkpoint. No Torch here: the GUI shows it too.
struct CheckpointReport {
    std::filesystem::path path;    // as given by the caller
    std::filesystem::path file;    // the weights read, or the index of their pieces; empty if none were found
    uint64_t file_bytes = 0;       // of all its pieces
    std::string kind = "unknown";  // CheckpointKind's name
    std::string description;       // the kind in a sentence
    std::string layout;            // "Hugging Face names", "the BLIP authors' names", ...
    int64_t parameters = 0;        // tied tensors counted once
    std::vector<std::pair<std::string, int64_t>> sizes;  // "vision width" 768, ...
    /// What tensors cannot determine: "vision heads", "activation", "pixel mean", ...
    struct Setting {
        std::string name, value;
        std::string source;    // "config.json: vision_config.num_attention_heads", "assumed"
        bool assumed = false;  // no file says; `warnings` say so too
    };
    std::vector<Setting> settings;
    std::vector<std::string> missing, misshapen, unexpected;
    std::vector<std::string> warnings;
    std::vector<std::string> vocabulary_found, vocabulary_lacking;
    bool loads = false;  // the weights are complete and of a known kind
    bool ready = false;  // and the vocabulary is present, so that REST Studio can use it
    std::string error;   // why it could not be read at all; empty if it could
    std::vector<std::string> advice;
};

/// Reads the checkpoint and examines it. Never throws for a bad file: the report says what is wrong. Needs as much time
/// and memory as loading it.
CheckpointReport examine_checkpoint(const std::filesystem::path& folder_or_file);

/// The report as `rest doctor --json` prints it. Names come from the file and may be invalid UTF-8: dump with
/// error_handler_t::replace.
nlohmann::json to_json(const CheckpointReport& report);
/// The report for a terminal, long lists shortened.
std::string to_text(const CheckpointReport& report);

}  // namespace rest::checkpoint
