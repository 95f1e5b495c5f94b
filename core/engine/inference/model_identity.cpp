// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/inference/model_identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file_checksum.h"
#include "core/base/json_text.h"
#include "core/base/strings.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kModelFiles = {".safetensors", ".bin", ".pt", ".pth", ".json", ".txt"};

std::vector<fs::path> model_files(const fs::path& model) {
    if (!fs::is_directory(model)) return {model};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(model)) {
        const auto ending = ascii_lower(entry.path().extension().string());
        const bool of_model = std::ranges::find(kModelFiles, ending) != kModelFiles.end();
        if (of_model && entry.path().filename() != "state.json" && entry.is_regular_file())
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

uint32_t known_checksum(const ModelIdentity& known, const std::string& path, const ModelIdentity::File& file) {
    if (known.path == path) {
        for (const auto& other : known.files) {
            if (other.name == file.name && other.stamp == file.stamp) return other.checksum;
        }
    }
    const auto folder = fs::is_directory(path) ? fs::path(path) : fs::path(path).parent_path();
    return file_checksum(folder / file.name);
}

}  // namespace

bool ModelIdentity::same_model(const ModelIdentity& other) const {
    // A single file may have been renamed.
    if (files.size() == 1 && other.files.size() == 1)
        return files[0].stamp.bytes == other.files[0].stamp.bytes && files[0].checksum == other.files[0].checksum;
    return std::ranges::equal(files, other.files, [](const File& a, const File& b) {
        return a.name == b.name && a.stamp.bytes == b.stamp.bytes && a.checksum == b.checksum;
    });
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
    if (!fs::exists(model)) throw Error(ErrorCode::not_found, "There is no model " + out.path, "Name its folder.");
    for (const auto& path : model_files(model)) {
        const auto stamp = file_stamp(path);
        if (!stamp) continue;
        ModelIdentity::File file{.name = path.filename().string(), .stamp = *stamp};
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
    const nlohmann::json json = {{"path", model.path}, {"files", files}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ModelIdentity model_identity_from_json(const std::string& text) {
    const auto json = parse_json(text);
    ModelIdentity out;
    try {
        if (!json) return {};
        out.path = json->at("path").get<std::string>();
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
