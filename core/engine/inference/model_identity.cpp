// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/model_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file_checksum.h"
#include "core/base/json_text.h"
#include "core/checkpoint/files/weight_files.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

/// Files that are read beside the weights.
constexpr std::array<std::string_view, 8> kBeside = {"config.json",
                                                     "open_clip_config.json",
                                                     "preprocessor_config.json",
                                                     "processor_config.json",
                                                     "vocab.txt",
                                                     "vocab.json",
                                                     "merges.txt",
                                                     "tokenizer.json"};

bool is_beside(const ModelIdentity::File& file) {
    return std::ranges::find(kBeside, fs::path(file.name).filename().string()) != kBeside.end();
}

fs::path folder_of(const fs::path& model) {
    return fs::is_directory(model) ? model : model.parent_path();
}

std::vector<fs::path> model_files(const fs::path& model) {
    const auto weights = checkpoint::find_weight_files(model);
    auto files = weights.pieces;
    for (const auto name : kBeside) {
        const auto file = weights.file.parent_path() / name;
        if (fs::is_regular_file(file)) files.push_back(file);
    }
    std::ranges::sort(files);
    return files;
}

bool same_content(const ModelIdentity::File& a, const ModelIdentity::File& b) {
    return a.stamp.bytes == b.stamp.bytes && a.checksum == b.checksum;
}

using Files = std::vector<const ModelIdentity::File*>;

Files files_of(const ModelIdentity& model, bool beside) {
    Files out;
    for (const auto& file : model.files) {
        if (is_beside(file) == beside) out.push_back(&file);
    }
    return out;
}

/// Compares the files that both lists have by name. Returns how many there are; -1 if one differs.
int64_t same_by_name(const Files& these, const Files& those) {
    int64_t same = 0;
    for (const auto* file : these) {
        const auto other = std::ranges::find(those, file->name, &ModelIdentity::File::name);
        if (other == those.end()) continue;
        if (!same_content(*file, **other)) return -1;
        ++same;
    }
    return same;
}

uint32_t known_checksum(const ModelIdentity& known, const std::string& path, const ModelIdentity::File& file) {
    if (known.path == path) {
        for (const auto& other : known.files) {
            if (other.name == file.name && other.stamp == file.stamp) return other.checksum;
        }
    }
    return file_checksum(folder_of(path) / file.name);
}

}  // namespace

bool ModelIdentity::same_model(const ModelIdentity& other) const {
    const auto weights = files_of(*this, false), others = files_of(other, false);
    const auto beside = files_of(*this, true), beside_other = files_of(other, true);
    const auto same = same_by_name(beside, beside_other);
    const bool renamed = weights.size() == 1 && others.size() == 1 && same_content(*weights[0], *others[0]);
    const auto common = renamed ? 1 : same_by_name(weights, others);
    if (from_before || other.from_before) return same >= 0 && common > 0;
    const auto all = [](int64_t found, const Files& these, const Files& those) {
        return found == std::ssize(these) && found == std::ssize(those);
    };
    return all(same, beside, beside_other) && all(common, weights, others);
}

std::string ModelIdentity::description() const {
    int64_t bytes = 0;
    for (const auto& file : files) bytes += file.stamp.bytes;
    return fmt::format("{} ({:.1f} MB, checksum {})", path, static_cast<double>(bytes) / 1e6, key());
}

std::string ModelIdentity::key() const {
    uint64_t sum = 14695981039346656037u;  // FNV-1a
    for (const auto& file : files) sum = (sum ^ file.checksum) * 1099511628211u;
    return fmt::format("{:016x}", sum);
}

ModelIdentity identify_model(const fs::path& model, const ModelIdentity& known) {
    ModelIdentity out{.path = fs::absolute(model).lexically_normal().string()};
    if (!fs::exists(model)) throw Error(ErrorCode::not_found, "There is no model " + out.path, "Give its folder.");
    const auto from = folder_of(out.path);
    for (const auto& path : model_files(model)) {
        const auto stamp = file_stamp(path);
        if (!stamp) continue;
        ModelIdentity::File file{.name = fs::absolute(path).lexically_normal().lexically_relative(from).string(),
                                 .stamp = *stamp};
        file.checksum = known_checksum(known, out.path, file);
        out.files.push_back(std::move(file));
    }
    return out;
}

std::string to_json(const ModelIdentity& model) {
    auto files = nlohmann::json::array();
    for (const auto& file : model.files) {
        files.push_back({{"name", file.name},
                         {"bytes", file.stamp.bytes},
                         {"time_ns", file.stamp.time_ns},
                         {"checksum", file.checksum}});
    }
    const nlohmann::json json = {{"path", model.path}, {"files", files}, {"all_that_is_read", !model.from_before}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ModelIdentity model_identity_from_json(const std::string& text) {
    const auto json = parse_json(text);
    ModelIdentity out;
    try {
        if (!json) return {};
        out.path = json->at("path").get<std::string>();
        out.from_before = !json->value("all_that_is_read", false);
        for (const auto& file : json->at("files")) {
            out.files.push_back({file.at("name").get<std::string>(),
                                 {file.at("bytes").get<int64_t>(), file.at("time_ns").get<int64_t>()},
                                 file.at("checksum").get<uint32_t>()});
        }
    } catch (const nlohmann::json::exception&) {
        return {};
    }
    return out;
}

}  // namespace rest::engine
