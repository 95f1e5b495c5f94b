// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFile = "rest-model.json";
constexpr size_t kLargestRecord = size_t{1} << 20;

ModelUse use_of(const std::string& word) {
    for (const auto use : {ModelUse::captioner, ModelUse::clip, ModelUse::matching}) {
        if (word == to_string(use)) return use;
    }
    return ModelUse::unknown;
}

RecordedFile read_recorded(const json& item) {
    RecordedFile file;
    file.name = item.at("name").get<std::string>();
    file.bytes = item.at("bytes").get<uint64_t>();
    for (const auto kind : {DigestKind::sha256, DigestKind::git_sha1}) {
        if (item.contains(to_string(kind))) file.digest = digest_from_etag(item[to_string(kind)].get<std::string>());
    }
    if (!is_model_name(file.name)) throw Error(ErrorCode::damaged, "it names a file outside its folder");
    return file;
}

}  // namespace

uint64_t ModelRecord::bytes() const {
    uint64_t sum = 0;
    for (const auto& file : files) sum += file.bytes;
    return sum;
}

std::optional<ModelRecord> read_record(const fs::path& folder) {
    std::error_code error;
    const auto file = folder / kFile;
    if (!fs::exists(file, error)) return std::nullopt;
    const auto parsed = parse_json(read_file(file, kLargestRecord));
    std::string wrong;
    try {
        if (!parsed) throw Error(ErrorCode::damaged, parsed.error());
        ModelRecord record;
        record.repo = parsed->at("repo").get<std::string>();
        record.commit = parsed->at("commit").get<std::string>();
        record.endpoint = parsed->at("endpoint").get<std::string>();
        record.licence = parsed->at("licence").get<std::string>();
        record.use = use_of(parsed->at("use").get<std::string>());
        record.folder = parsed->at("folder").get<std::string>();
        for (const auto& item : parsed->at("files")) record.files.push_back(read_recorded(item));
        return record;
    } catch (const std::exception& e) {
        wrong = e.what();
    }
    throw Error(ErrorCode::damaged, file.string() + " is damaged: " + wrong, "Remove the model and get it again.");
}

void write_record(const fs::path& folder, const ModelRecord& record) {
    json files = json::array();
    for (const auto& file : record.files) {
        json item = {{"name", file.name}, {"bytes", file.bytes}};
        if (file.digest.known()) item[to_string(file.digest.kind)] = file.digest.hex;
        files.push_back(std::move(item));
    }
    const json document = {{"repo", record.repo},
                           {"commit", record.commit},
                           {"endpoint", record.endpoint},
                           {"licence", record.licence},
                           {"use", to_string(record.use)},
                           {"folder", record.folder.string()},
                           {"files", files}};
    write_file_atomically(folder / kFile, document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace rest::models
