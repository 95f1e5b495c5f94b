// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/doctor.h"

#include <set>

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;

std::string describe(CheckpointKind kind) {
    switch (kind) {
        case CheckpointKind::blip_captioner:
            return "BLIP captioner (Hugging Face): writes first captions, can be trained";
        case CheckpointKind::blip_authors:
            return "BLIP captioner as its authors publish it: can be trained";
        case CheckpointKind::gar:
            return "Generative action recognition model: a BLIP captioner with temporal adapters, as REST trains it";
        case CheckpointKind::blip_retrieval:
            return "BLIP image-text retrieval model: it compares images and texts and writes no captions";
        case CheckpointKind::blip_pretrained:
            return "BLIP before it learnt to caption: it loads, but its captions are babble";
        case CheckpointKind::clip:
            return "CLIP: the frozen model that finds similar videos and ranks captions";
        case CheckpointKind::unknown:
            break;
    }
    return "Not a checkpoint that REST Studio knows";
}

std::vector<std::pair<std::string, int64_t>> list_sizes(const Checkpoint& checkpoint) {
    const VisionSizes& v = checkpoint.sizes.vision;
    const TextSizes& t = checkpoint.sizes.text;
    std::vector<std::pair<std::string, int64_t>> sizes{{"image", v.image},           {"patch", v.patch},
                                                       {"vision width", v.hidden},   {"vision layers", v.layers},
                                                       {"vision heads", v.heads},    {"text width", t.hidden},
                                                       {"text layers", t.layers},    {"text heads", t.heads},
                                                       {"vocabulary", t.vocabulary}, {"text positions", t.positions}};
    const bool projected = checkpoint.kind == CheckpointKind::clip || checkpoint.kind == CheckpointKind::blip_retrieval;
    if (projected) sizes.emplace_back("projection", checkpoint.sizes.projection);
    return sizes;
}

int64_t count_parameters(const Weights& weights) {
    std::set<const void*> seen;
    int64_t count = 0;
    for (const auto& [name, tensor] : weights) {
        if (seen.insert(tensor.data_ptr()).second) count += tensor.numel();
    }
    return count;
}

void look_for_bad_numbers(const Checkpoint& checkpoint, CheckpointReport& report) {
    int64_t bad = 0;
    std::string first;
    for (const auto& [name, tensor] : checkpoint.weights) {
        if (!tensor.is_floating_point() || torch::isfinite(tensor).all().item<bool>()) continue;
        if (bad++ == 0) first = name;
    }
    if (bad == 0) return;
    report.warnings.push_back(std::to_string(bad) + " tensors hold infinite values or no numbers at all, " + first +
                              " for one");
    report.advice.emplace_back("Its training diverged or the file is damaged: use an earlier checkpoint.");
}

void look_for_vocabulary(const Checkpoint& checkpoint, CheckpointReport& report) {
    const bool clip = checkpoint.kind == CheckpointKind::clip;
    const auto has = [&](const char* name) {
        std::error_code error;
        const bool found = fs::is_regular_file(checkpoint.folder / name, error);
        if (found) report.vocabulary_found.emplace_back(name);
        return found;
    };
    const bool whole_tokenizer = has("tokenizer.json");
    bool plain = true;
    std::vector<std::string> lacking;
    const std::vector<const char*> needed =
        clip ? std::vector<const char*>{"vocab.json", "merges.txt"} : std::vector<const char*>{"vocab.txt"};
    for (const char* name : needed) {
        if (has(name)) continue;
        plain = false;
        lacking.emplace_back(name);
    }
    if (plain || whole_tokenizer) return;
    report.vocabulary_lacking = lacking;
    std::string names;
    for (const auto& name : lacking) names += (names.empty() ? "" : " and ") + name;
    report.advice.push_back("Put " + names + " (or tokenizer.json) into " + checkpoint.folder.string() +
                            (clip ? "; openai/clip-vit-base-patch16 on Hugging Face has them."
                                  : "; Salesforce/blip-image-captioning-base on Hugging Face has it."));
}

void advise(const Checkpoint& checkpoint, CheckpointReport& report) {
    if (checkpoint.kind == CheckpointKind::unknown) {
        report.advice.emplace_back(
            "Give a BLIP captioner (model_base_caption_capfilt_large.pth or Salesforce/blip-image-captioning-base) or "
            "a CLIP with a ViT (openai/clip-vit-base-patch16).");
    } else if (!report.missing.empty()) {
        report.advice.emplace_back(
            "Tensors are missing: the file was saved in part or is of another model. Download it anew.");
    } else if (!report.misshapen.empty()) {
        report.advice.emplace_back(
            "Tensors have other sizes than config.json tells: put the right config.json beside them.");
    } else if (checkpoint.kind == CheckpointKind::blip_pretrained) {
        report.advice.emplace_back("For captions take model_base_caption_capfilt_large.pth.");
    } else if (checkpoint.kind == CheckpointKind::blip_retrieval) {
        report.advice.emplace_back("It can rank in place of CLIP; it cannot be the captioner.");
    }
}

}  // namespace

CheckpointReport examine_checkpoint(const fs::path& folder_or_file) {
    CheckpointReport report;
    report.path = folder_or_file;
    report.description = describe(CheckpointKind::unknown);
    Checkpoint checkpoint;
    try {
        checkpoint = read_checkpoint(folder_or_file);
    } catch (const Error& e) {
        report.error = e.what();
        if (!e.remedy().empty()) report.advice.push_back(e.remedy());
        return report;
    } catch (const std::exception& e) {  // Torch's own, e.g. out of memory
        report.error = "Cannot read " + folder_or_file.string() + ": " + e.what();
        report.error = report.error.substr(0, report.error.find('\n'));  // without Torch's stack trace
        return report;
    }
    report.file = checkpoint.file;
    for (const auto& piece : checkpoint.pieces) {
        std::error_code error;
        const auto bytes = fs::file_size(piece, error);
        if (!error) report.file_bytes += bytes;
    }
    report.kind = to_string(checkpoint.kind);
    report.description = describe(checkpoint.kind);
    report.layout = checkpoint.layout;
    report.parameters = count_parameters(checkpoint.weights);
    report.missing = checkpoint.missing;
    report.misshapen = checkpoint.misshapen;
    report.unexpected = checkpoint.unexpected;
    report.warnings = checkpoint.cautions();
    for (const auto& [name, value, source, assumed] : checkpoint.told)
        report.settings.push_back({name, value, source, assumed});
    advise(checkpoint, report);
    look_for_bad_numbers(checkpoint, report);
    if (checkpoint.kind == CheckpointKind::unknown) return report;
    report.sizes = list_sizes(checkpoint);
    look_for_vocabulary(checkpoint, report);
    report.loads = report.missing.empty() && report.misshapen.empty();
    report.ready = report.loads && report.vocabulary_lacking.empty();
    if (report.ready && report.advice.empty()) report.advice.emplace_back("Nothing to do: REST Studio can use it.");
    return report;
}

}  // namespace rest::checkpoint
