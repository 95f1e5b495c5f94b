// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/task.h"

namespace rest::models {

/// How to reach the Hugging Face hub, and where its own tools store downloads.
struct HubSettings {
    std::string endpoint = "https://huggingface.co";  // or a mirror's; no trailing slash
    std::filesystem::path cache;                      // models--OWNER--NAME folders of the hub's own tools
    std::string token;                                // empty: none
    std::string token_source;                         // its origin, for messages: "HF_TOKEN"
    bool use_keyring = true;                          // ask the desktop for a token if one is needed
    bool offline = false;                             // HF_HUB_OFFLINE: no requests to the hub
    std::string http_proxy;              // of HTTP_PROXY, which libcurl does not read; empty: libcurl's default
    std::filesystem::path certificates;  // a bundle that replaces the system's; empty: the system's
    int connect_seconds = 15;
    int stall_seconds = 30;  // without a byte: reconnects
    int attempts = 6;        // consecutive ones that bring nothing
    /// Waits before the next attempt and obeys `task` meanwhile; empty: really waits.
    std::function<void(std::chrono::seconds, Task& task)> wait;
};

/// From the variables that the hub's own tools obey: HF_ENDPOINT, HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME,
/// XDG_CACHE_HOME, HF_TOKEN, HF_TOKEN_PATH, HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE, HF_HUB_DISABLE_IMPLICIT_TOKEN; and
/// HTTP_PROXY, SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE. Throws Error (invalid_argument) for an endpoint that
/// is not an http address.
HubSettings hub_settings_from_environment();

/// The folder of the hub's own tools: the variables above, else ~/.cache/huggingface/hub.
std::filesystem::path hub_cache_folder();

/// Without trailing slashes. Throws Error (invalid_argument) if it is not an http or https address; `source` says where
/// it was set: "HF_ENDPOINT".
std::string checked_endpoint(const std::string& endpoint, const std::string& source);

}  // namespace rest::models
