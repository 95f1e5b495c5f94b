// SPDX-License-Identifier: GPL-3.0-or-later
// What a preprocessor's configuration says about pixels.
#include <cmath>
#include <sstream>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/checkpoint/files/model_sizes.h"

namespace rest::checkpoint {
namespace {

using nlohmann::json;
using Colours = std::array<double, 3>;

json value_of(const ModelConfig& config, const char* key) {
    return config.preprocessor.is_object() ? config.preprocessor.value(key, json()) : json();
}

[[noreturn]] void bad_value(const ModelConfig& config, const char* key, const json& value, const std::string& wanted) {
    throw Error(ErrorCode::damaged,
                config.preprocessor_file + " says " + key + " = " + value.dump().substr(0, 80) + ", " + wanted,
                "Download " + config.preprocessor_file + " anew; it belongs beside the weights.");
}

double number_in(const ModelConfig& config, const char* key, const json& value) {
    if (!value.is_number() || !std::isfinite(value.get<double>()))
        bad_value(config, key, value, "which should be numbers");
    return value.get<double>();
}

/// Three numbers, or one for all channels; empty if absent.
std::optional<Colours> colours(const ModelConfig& config, const char* key) {
    const json value = value_of(config, key);
    if (value.is_null()) return std::nullopt;
    Colours out{};
    if (value.is_array() && value.size() != out.size()) bad_value(config, key, value, "which should be three numbers");
    for (size_t i = 0; i < out.size(); ++i) out[i] = number_in(config, key, value.is_array() ? value[i] : value);
    return out;
}

/// "open_clip_config.json: preprocess_cfg.mean" for "image_mean".
std::string source_of(const ModelConfig& config, const std::string& key) {
    constexpr std::array<std::array<const char*, 2>, 4> kTheirs{
        {{"image_mean", "mean"}, {"image_std", "std"}, {"resample", "interpolation"}, {"size", "size"}}};
    const auto& file = config.preprocessor_file;
    if (file != "open_clip_config.json") return file + ": " + key;
    for (const auto& [ours, theirs] : kTheirs) {
        if (key == ours) return file + ": preprocess_cfg." + theirs;
    }
    return file;
}

bool switched_off(const ModelConfig& config, const char* key) {
    return value_of(config, key) == false;
}

std::string text_of(const Colours& colours) {
    std::ostringstream out;
    for (size_t i = 0; i < colours.size(); ++i) out << (i > 0 ? " " : "") << colours[i];
    return out.str();
}

/// Whether the processor's default mean and deviation are OpenAI's.
bool is_openai_processor(const ModelConfig& config) {
    for (const char* key : {"image_processor_type", "feature_extractor_type", "processor_class"}) {
        const json type = value_of(config, key);
        if (!type.is_string()) continue;
        const auto name = type.get<std::string>();
        if (name.find("CLIP") != std::string::npos || name.find("Blip") != std::string::npos) return true;
    }
    return false;
}

/// Mean and deviation for pixels in [0, 1]: a factor other than 1/255 is folded in.
void rescale(const ModelConfig& config, PixelScale& scale) {
    constexpr double kMost = 255;
    const json told = value_of(config, "rescale_factor");
    double factor = told.is_null() ? 1 / kMost : number_in(config, "rescale_factor", told);
    if (switched_off(config, "do_rescale")) factor = 1;
    if (factor <= 0) bad_value(config, "rescale_factor", told, "which should be positive");
    const double times = factor * kMost;
    if (std::abs(times - 1) < 1e-6) return;
    for (auto* part : {&scale.mean, &scale.deviation}) {
        for (double& value : *part) value /= times;
    }
}

std::string interpolation_of(const ModelConfig& config) {
    constexpr std::array<const char*, 6> kPillow{"nearest", "lanczos", "bilinear", "bicubic", "box", "hamming"};
    const json value = value_of(config, "resample");
    if (value.is_number_unsigned() && value.get<uint64_t>() < kPillow.size()) return kPillow[value.get<size_t>()];
    if (!value.is_string()) return value.is_null() ? "" : value.dump().substr(0, 80);
    const auto name = ascii_lower(value.get<std::string>());
    return name.substr(name.rfind('.') + 1);  // "PIL.Image.BICUBIC"
}

/// 224, {"shortest_edge": 224}, {"height": 224, "width": 224} and [224, 224].
std::string size_text(const json& size) {
    if (size.is_number()) return size.dump();
    if (size.is_array() && size.size() == 2) return size[0].dump() + " x " + size[1].dump();
    if (!size.is_object()) return {};
    if (size.contains("shortest_edge")) return "shortest edge " + size["shortest_edge"].dump();
    if (size.contains("height") && size.contains("width")) return size["height"].dump() + " x " + size["width"].dump();
    return {};
}

void note_resizing(const ModelConfig& config, SizeNotes& notes) {
    if (const auto size = size_text(value_of(config, "size")); !size.empty())
        notes.told.push_back({"preprocessor size", size, source_of(config, "size")});
    const auto interpolation = interpolation_of(config);
    if (interpolation.empty()) return;
    notes.told.push_back({"interpolation", interpolation, source_of(config, "resample")});
    if (interpolation != "bicubic") {
        notes.warnings.push_back(config.preprocessor_file + " says that pictures are resized by interpolation " +
                                 interpolation + "; REST Studio resizes them bicubic");
    }
}

}  // namespace

PixelScale pixel_scale(const ModelConfig& config, SizeNotes& notes) {
    PixelScale scale;
    const auto mean = colours(config, "image_mean"), deviation = colours(config, "image_std");
    if (mean) scale.mean = *mean;
    if (deviation) scale.deviation = *deviation;
    const bool off = switched_off(config, "do_normalize");
    if (off) scale = {.mean = {0, 0, 0}, .deviation = {1, 1, 1}};
    for (const double value : scale.deviation) {
        if (value <= 0) bad_value(config, "image_std", value_of(config, "image_std"), "which should be positive");
    }
    const auto note = [&](const char* name, const Colours& value, bool told, const char* key) {
        const bool usual = !told && !off && is_openai_processor(config);
        std::string source = told && !off ? source_of(config, key) : "assumed";
        if (off) source = source_of(config, "do_normalize");
        if (usual) source = config.preprocessor_file + ": its processor's default";
        notes.told.push_back({name, text_of(value), source, !told && !off && !usual});
    };
    note("pixel mean", scale.mean, mean.has_value(), "image_mean");
    note("pixel deviation", scale.deviation, deviation.has_value(), "image_std");
    rescale(config, scale);
    note_resizing(config, notes);
    return scale;
}

}  // namespace rest::checkpoint
