// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>

#include "core/checkpoint/doctor.h"

namespace rest::checkpoint {
namespace {

using nlohmann::json;

std::string with_unit(uint64_t bytes) {
    constexpr double kMega = 1e6;
    const auto megabytes = static_cast<double>(bytes) / kMega;
    const auto tenths = std::to_string(megabytes);
    return tenths.substr(0, tenths.find('.') + 2) + " MB";
}

void add_lines(std::string& text, const std::string& title, const std::vector<std::string>& lines) {
    constexpr size_t kShown = 8;
    if (lines.empty()) return;
    text += title + "\n";
    for (size_t i = 0; i < std::min(lines.size(), kShown); ++i) text += "  " + lines[i] + "\n";
    if (lines.size() > kShown) text += "  and " + std::to_string(lines.size() - kShown) + " more\n";
}

}  // namespace

json to_json(const CheckpointReport& report) {
    json sizes = json::object();
    for (const auto& [name, value] : report.sizes) {
        std::string key = name;
        std::replace(key.begin(), key.end(), ' ', '_');
        sizes[key] = value;
    }
    json settings = json::object();
    for (const auto& [name, value, source, assumed] : report.settings) {
        std::string key = name;
        std::replace(key.begin(), key.end(), ' ', '_');
        settings[key] = {{"value", value}, {"source", source}, {"assumed", assumed}};
    }
    return {{"path", report.path.string()},
            {"file", report.file.string()},
            {"file_bytes", report.file_bytes},
            {"kind", report.kind},
            {"description", report.description},
            {"layout", report.layout},
            {"parameters", report.parameters},
            {"sizes", sizes},
            {"settings", settings},
            {"missing", report.missing},
            {"misshapen", report.misshapen},
            {"unexpected", report.unexpected},
            {"warnings", report.warnings},
            {"vocabulary_found", report.vocabulary_found},
            {"vocabulary_lacking", report.vocabulary_lacking},
            {"loads", report.loads},
            {"ready", report.ready},
            {"error", report.error},
            {"advice", report.advice}};
}

std::string to_text(const CheckpointReport& report) {
    std::string text = report.path.string() + "\n";
    if (!report.error.empty()) {
        text += "Cannot be read: " + report.error + "\n";
        add_lines(text, "What to do:", report.advice);
        return text;
    }
    text += report.description + "\n";
    text += "File: " + report.file.string() + " (" + with_unit(report.file_bytes) + ", " + report.layout + ")\n";
    text += "Parameters: " + std::to_string(report.parameters) + "\n";
    if (!report.sizes.empty()) {
        std::string sizes;
        for (const auto& [name, value] : report.sizes) {
            sizes += (sizes.empty() ? "" : ", ") + name + " " + std::to_string(value);
        }
        text += "Sizes: " + sizes + "\n";
    }
    for (const auto& setting : report.settings) {
        std::string name = setting.name;
        name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
        text += name + ": " + setting.value + " (" + setting.source + ")\n";
    }
    add_lines(text, "Missing tensors:", report.missing);
    add_lines(text, "Tensors of the wrong shape:", report.misshapen);
    add_lines(text, "Unused tensors:", report.unexpected);
    add_lines(text, "Vocabulary found:", report.vocabulary_found);
    add_lines(text, "Vocabulary missing:", report.vocabulary_lacking);
    add_lines(text, "Warnings:", report.warnings);
    text += std::string("Loads: ") + (report.loads ? "yes" : "no") +
            (report.loads && !report.ready ? ", but its vocabulary is missing" : "") + "\n";
    add_lines(text, "What to do:", report.advice);
    return text;
}

}  // namespace rest::checkpoint
