// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/hub_settings.h"

#include <cstdlib>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/strings.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

/// An empty variable counts as unset, as for the hub's tools.
std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(trimmed(value));
}

bool is_true(const char* name) {
    const auto word = ascii_lower(variable(name));
    return word == "1" || word == "on" || word == "yes" || word == "true";
}

/// Expands "~" to the home folder, as the hub's tools do.
fs::path expanded(const std::string& path) {
    const auto home = variable("HOME");
    if (path == "~") return home;
    return path.starts_with("~/") ? fs::path(home) / path.substr(2) : fs::path(path);
}

fs::path hub_home() {
    if (const auto home = variable("HF_HOME"); !home.empty()) return expanded(home);
    const auto cache = variable("XDG_CACHE_HOME");
    return (cache.empty() ? expanded("~/.cache") : expanded(cache)) / "huggingface";
}

void find_token(HubSettings& settings) {
    for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
        settings.token = variable(name);
        settings.token_source = name;
        if (!settings.token.empty()) return;
    }
    settings.token_source.clear();
    if (is_true("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
        settings.use_keyring = false;
        return;
    }
    const auto named = variable("HF_TOKEN_PATH");
    const auto file = named.empty() ? hub_home() / "token" : expanded(named);
    constexpr size_t kLongestToken = 4096;
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return;
    try {
        settings.token = std::string(trimmed(read_file(file, kLongestToken)));
        settings.token_source = file.string();
    } catch (const Error& e) {
        spdlog::warn("The hub's token is not used: {}", e.what());
    }
}

}  // namespace

fs::path hub_cache_folder() {
    for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
        if (const auto cache = variable(name); !cache.empty()) return expanded(cache);
    }
    return hub_home() / "hub";
}

std::string checked_endpoint(const std::string& endpoint, const std::string& source) {
    std::string address(trimmed(endpoint));
    while (address.ends_with('/')) address.pop_back();
    const auto lower = ascii_lower(address);
    const bool http = lower.starts_with("http://") || lower.starts_with("https://");
    const bool has_host = http && address.find("://") + 3 < address.size();
    if (!has_host || address.find_first_of(" \t\r\n?#") != std::string::npos) {
        throw Error(ErrorCode::invalid_argument, source + " is \"" + endpoint + "\", which is no address of a hub",
                    "Write it as https://huggingface.co, or leave it out.");
    }
    return address;
}

HubSettings hub_settings_from_environment() {
    HubSettings settings;
    if (const auto endpoint = variable("HF_ENDPOINT"); !endpoint.empty())
        settings.endpoint = checked_endpoint(endpoint, "HF_ENDPOINT");
    settings.cache = hub_cache_folder();
    settings.offline = is_true("HF_HUB_OFFLINE") || is_true("TRANSFORMERS_OFFLINE");
    find_token(settings);
    // libcurl reads only lower-case http_proxy: in CGI, HTTP_PROXY is set from a request header.
    if (variable("http_proxy").empty() && variable("REQUEST_METHOD").empty())
        settings.http_proxy = variable("HTTP_PROXY");
    for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}) {
        if (!settings.certificates.empty()) break;
        settings.certificates = variable(name);
    }
    return settings;
}

}  // namespace rest::models
