// SPDX-License-Identifier: GPL-3.0-or-later
// A small model on a hub on this machine, and what a download of it needs.
#pragma once

#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/models/get_model.h"
#include "tests/support/hub_server.h"

namespace rest::test {

namespace fs = std::filesystem;

/// A safetensors file of one tensor of `numbers` floats.
inline std::string small_weights(size_t numbers) {
    const auto bytes = numbers * 4;
    const auto header =
        nlohmann::json{{"w", {{"dtype", "F32"}, {"shape", {numbers}}, {"data_offsets", {0, bytes}}}}}.dump();
    std::string file;
    for (size_t i = 0; i < 8; ++i) file += static_cast<char>(header.size() >> (8 * i) & 255);
    file += header;
    for (size_t i = 0; i < bytes; ++i) file += static_cast<char>(i * 7 % 251);
    return file;
}

inline std::map<std::string, HubServer::File> small_model() {
    return {{"config.json", {"{\"model_type\": \"blip\"}"}},
            {"vocab.txt", {"[PAD]\n[UNK]\n"}},
            {"README.md", {"# Not needed"}},
            {"model.safetensors", {small_weights(100'000), true}}};
}

constexpr const char* kRepo = "Owner/small-model";

inline models::CatalogueEntry small_entry() {
    models::CatalogueEntry entry;
    entry.name = "small";
    entry.repo = kRepo;
    entry.use = models::ModelUse::captioner;
    entry.licence = "BSD-3-Clause";
    entry.files = {{"config.json"}, {"vocab.txt", "tokenizer.json"}, {"model.safetensors", "pytorch_model.bin"}};
    return entry;
}

/// A hub, an empty store and an empty cache; waiting takes no time and is recorded.
struct HubWorld {
    QTemporaryDir dir;
    HubServer hub{kRepo, small_model()};
    models::ModelPlaces places{root() / "store", root() / "cache"};
    std::vector<int64_t> waits;
    SilentTask task;

    fs::path root() const { return dir.path().toStdString(); }
    models::GetRequest request() {
        models::GetRequest r{.entry = small_entry(), .places = places};
        r.hub.endpoint = hub.endpoint();
        r.hub.use_keyring = false;
        r.hub.stall_seconds = 1;
        r.hub.wait = [this](std::chrono::seconds time, Task& asked) {
            asked.check();
            waits.push_back(time.count());
        };
        return r;
    }
    models::GotModel get() { return models::get_model(request(), task); }
    models::ModelInfo info() const { return *models::find_model({small_entry()}, places, "small"); }
    /// Whether the store has every needed byte, and no part of a download remains.
    bool is_whole() const {
        for (const char* name : {"config.json", "vocab.txt", "model.safetensors"}) {
            if (read_file(places.store / "small" / name) != small_model().at(name).content) return false;
        }
        return !fs::exists(models::download_folder(places, "small"));
    }
    fs::path part(const std::string& name = "model.safetensors") const {
        return models::download_folder(places, "small") / (name + ".part");
    }
    /// Message and remedy of the error that the call throws; its code is stored in `code`.
    template <class Work>
    std::string refusal(Work work) {
        try {
            work();
        } catch (const Error& e) {
            code = e.code();
            return e.full_text();
        }
        return "nothing was refused";
    }
    std::string refusal() {
        return refusal([this] { get(); });
    }
    ErrorCode code = ErrorCode::invalid_argument;
};

}  // namespace rest::test
