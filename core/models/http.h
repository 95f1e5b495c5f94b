// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/models/hub_settings.h"

namespace rest::models {

struct HttpRequest {
    std::string url;
    std::string token;        // sent as "Authorization: Bearer", empty: none
    uint64_t first_byte = 0;  // above 0: "Range: bytes=N-"
    bool head = false;        // only the headers
};

struct HttpResponse {
    long status = 0;
    std::map<std::string, std::string> headers;  // names in lower case; of the last response
    std::string body;                            // of a response not passed to a sink, at most 16 MB

    std::string header(const std::string& name) const;
    /// "Retry-After", in seconds or as a date.
    std::optional<std::chrono::seconds> retry_after;
};

/// The hub could not be reached, or the connection broke: a retry may help.
class ConnectionLost : public std::runtime_error {
  public:
    ConnectionLost(const std::string& message, std::string remedy_)
        : std::runtime_error(message), remedy(std::move(remedy_)) {}
    std::string remedy;
};

/// Receives pieces of the body of a 200 or 206 response, decoded if the server encoded it.
using BodySink = std::function<void(std::string_view piece, const HttpResponse& head)>;

/// One request, redirections not followed. `task` is checked at least once a second; while it is paused nothing is
/// read. Throws ConnectionLost, Error (unsupported) for an address or certificate that no retry can fix, Cancelled, and
/// what `sink` throws. From any thread.
HttpResponse http_get(const HttpRequest& request, const HubSettings& settings, Task& task, const BodySink& sink = {});

/// `location`, which may be relative, resolved against `url`. Empty if it is not an http or https address.
std::string resolve_url(const std::string& url, const std::string& location);
/// Whether scheme, host and port are equal: a token may be sent there too.
bool same_origin(const std::string& url, const std::string& other);
/// A text percent-encoded as one path segment of a URL.
std::string url_escaped(const std::string& text);

}  // namespace rest::models
