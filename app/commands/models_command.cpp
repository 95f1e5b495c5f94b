// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <iostream>

#include "app/commands/commands.h"
#include "core/base/strings.h"
#include "core/engine/downloads/model_jobs.h"
#include "core/models/keyring.h"

namespace rest::app {
namespace {

namespace fs = std::filesystem;

struct ModelsOptions {
    std::string name, revision = "main", endpoint, folder;
    bool by_hand = false, forget = false;
};

models::HubSettings hub(const ModelsOptions& o) {
    auto settings = models::hub_settings_from_environment();
    if (!o.endpoint.empty()) settings.endpoint = models::checked_endpoint(o.endpoint, "--endpoint");
    return settings;
}

std::string megabytes(uint64_t bytes) {
    constexpr double kMega = 1e6;
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / kMega);
}

std::string state_words(const models::ModelInfo& info) {
    switch (info.state) {
        case models::ModelState::installed:
            return "installed";
        case models::ModelState::added:
            return "added";
        case models::ModelState::hub_cache:
            return "in the hub's cache";
        case models::ModelState::begun:
            return "begun, " + megabytes(info.bytes) + " here";
        case models::ModelState::available:
            return "available";
        case models::ModelState::damaged:
            return "damaged";
    }
    return {};
}

nlohmann::json describe(const models::ModelInfo& info) {
    nlohmann::json out = {{"name", info.name},
                          {"repo", info.repo},
                          {"commit", info.commit},
                          {"licence", info.licence},
                          {"use", models::to_string(info.use)},
                          {"purpose", info.purpose},
                          {"state", models::to_string(info.state)},
                          {"usable", info.usable()},
                          {"folder", info.folder.string()},
                          {"bytes", info.bytes},
                          {"whole_bytes", info.whole_bytes}};
    if (!info.problem.empty()) out["problem"] = info.problem;
    return out;
}

void list(Console& console) {
    const auto all = models::list_models(models::read_catalogue(), models::default_places());
    if (console.json) {
        nlohmann::json rows = nlohmann::json::array();
        for (const auto& info : all) rows.push_back(describe(info));
        return console.print_json(rows);
    }
    for (const auto& info : all) {
        const auto size = (info.state == models::ModelState::available ? "about " : "") + megabytes(info.whole_bytes);
        console.print(fmt::format("{:<22} {:<10} {:<22} {:>15}  {}", info.name, models::to_string(info.use),
                                  state_words(info), size, info.licence));
        if (!info.purpose.empty()) console.print("    " + info.purpose);
        if (!info.folder.empty()) console.print("    " + info.folder.string());
        if (!info.problem.empty()) console.print("    " + info.problem + "\n    " + info.remedy);
    }
    console.print("\n`rest models get NAME` fetches one; `rest init PROJECT --captioner NAME --clip NAME` uses it.");
}

models::CatalogueEntry entry_of(const std::string& name) {
    const auto catalogue = models::read_catalogue();
    if (const auto* entry = models::find_entry(catalogue, name)) return *entry;
    if (auto entry = models::entry_for_repo(name)) return *entry;
    throw Error(ErrorCode::invalid_argument, "There is no model " + name,
                "Name one of `rest models list`, or a repository of the hub as OWNER/NAME.");
}

void get(const ModelsOptions& o, Console& console) {
    models::GetRequest request{
        .entry = entry_of(o.name), .places = models::default_places(), .hub = hub(o), .revision = o.revision};
    if (o.by_hand) return console.print(models::by_hand(request.entry, request.places, request.hub.endpoint));
    // Before anything is downloaded: the model is its authors' work, under their licence.
    if (!request.entry.licence.empty()) {
        console.task().log(LogLevel::info,
                           fmt::format("{} is {}'s, licence: {} {}", request.entry.name, request.entry.repo,
                                       request.entry.licence, request.entry.licence_page));
    }
    engine::DownloadResult result;
    const auto job = engine::make_download_job(request, [&](const engine::DownloadResult& found) { result = found; });
    const auto line = console.run(*job);
    if (!console.json) return console.print(line);
    const auto info = models::find_model({request.entry}, request.places, request.entry.name);
    auto out = info ? describe(*info) : nlohmann::json::object();
    out["fetched_bytes"] = result.got.fetched_bytes;
    out["ready"] = result.report.ready;
    console.print_json(out);
}

void add(const ModelsOptions& o, Console& console) {
    const auto name = engine::add_examined_model(models::default_places(), o.folder, o.name);
    console.print(fmt::format("{} is the name of {} now", name, o.folder));
}

void check(const ModelsOptions& o, Console& console) {
    nlohmann::json out;
    const auto job = engine::make_model_check_job(
        {models::read_catalogue(), models::default_places(), o.name}, [&](const engine::ModelVerdict& verdict) {
            out = describe(verdict.info);
            out["problems"] = nlohmann::json::array();
            for (const auto& p : verdict.problems)
                out["problems"].push_back({{"file", p.file}, {"message", p.message}, {"remedy", p.remedy}});
            out["without_digest"] = verdict.without_digest;
            out["report"] = checkpoint::to_json(verdict.report);
        });
    std::string line;
    try {
        line = console.run(*job);
    } catch (...) {
        if (console.json && !out.is_null()) console.print_json(out);
        throw;
    }
    if (console.json)
        console.print_json(out);
    else
        console.print(line);
}

/// Read from standard input, so that it appears in no shell history or process list.
void keep_token(const ModelsOptions& o, Console& console) {
    const auto endpoint = hub(o).endpoint;
    std::string token;
    if (!o.forget) {
        console.task().log(LogLevel::info, "Paste a token of " + endpoint + "/settings/tokens and press Enter");
        std::getline(std::cin, token);
        token = std::string(trimmed(token));
        if (token.empty())
            throw Error(ErrorCode::invalid_argument, "No token was given", "Paste it into standard input.");
    }
    models::keep_keyring_token(endpoint, token);
    console.print(o.forget ? "The keyring keeps no token of " + endpoint + " any more"
                           : "The keyring keeps the token of " + endpoint);
}

}  // namespace

void add_models(CLI::App& app, Console& console) {
    auto* group = app.add_subcommand("models", "Published models: list, get, add, remove, check");
    group->require_subcommand(1);
    auto o = std::make_shared<ModelsOptions>();
    const auto command = [&](const char* name, const char* help, auto run) {
        auto* made = group->add_subcommand(name, help);
        made->callback([o, &console, run] { run(*o, console); });
        return made;
    };
    command("list", "What there is, what is here, and where", [](auto&, Console& c) {
        list(c);
    })->add_flag("--json", console.json);

    auto* one = command("get", "Fetch a model from the Hugging Face hub, or go on with it", get);
    one->add_option("model", o->name, "Name of a model, or OWNER/NAME on the hub")->required();
    one->add_option("--revision", o->revision, "Branch, tag or commit")->capture_default_str();
    one->add_option("--endpoint", o->endpoint, "A mirror of the hub; HF_ENDPOINT without");
    one->add_flag("--by-hand", o->by_hand, "Tell how to bring it here without a network; fetch nothing");
    one->add_flag("--json", console.json);

    one = command("add", "Give a folder that you have a model's name; its files stay there", add);
    one->add_option("folder", o->folder, "Hugging Face folder, or a weight file")->required();
    one->add_option("--name", o->name, "The folder's own without");

    one = command("remove", "Remove a model, or a download that was begun", [](const auto& options, Console& c) {
        models::remove_model(models::read_catalogue(), models::default_places(), options.name);
        c.print("Removed " + options.name);
    });
    one->add_option("model", o->name, "Name of a model")->required();

    one = command("check", "Read every byte, compare it with the hub's digests, and have the doctor look", check);
    one->add_option("model", o->name, "Name of a model")->required();
    one->add_flag("--json", console.json);

    one = command("token", "Keep a token for gated models in the desktop's keyring", keep_token);
    one->add_option("--endpoint", o->endpoint, "Of which hub; HF_ENDPOINT without");
    one->add_flag("--forget", o->forget, "Forget the one that is kept");
}

}  // namespace rest::app
