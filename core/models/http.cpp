// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/http.h"

#include <curl/curl.h>

#include <exception>
#include <memory>
#include <mutex>

#include "core/base/error.h"
#include "core/base/strings.h"

namespace rest::models {
namespace {

constexpr size_t kLargestBody = size_t{16} << 20;

void start_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// State of libcurl's callbacks during a request. Exceptions must not propagate through C: they are stored in `thrown`.
struct Transfer {
    CURL* curl;
    HttpResponse& response;
    const BodySink& sink;
    Task& task;
    std::exception_ptr thrown;

    template <class Work>
    bool guarded(Work work) noexcept {
        try {
            work();
            return true;
        } catch (...) {
            thrown = std::current_exception();
            return false;
        }
    }
};

size_t on_header(char* data, size_t, size_t size, void* transfer) {
    auto& t = *static_cast<Transfer*>(transfer);
    const std::string_view line(data, size);
    const bool fine = t.guarded([&] {
        if (line.starts_with("HTTP/")) t.response.headers.clear();  // headers of a proxy's response came before
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return;
        t.response.headers[ascii_lower(trimmed(line.substr(0, colon)))] = std::string(trimmed(line.substr(colon + 1)));
    });
    return fine ? size : 0;
}

size_t on_body(char* data, size_t, size_t size, void* transfer) {
    auto& t = *static_cast<Transfer*>(transfer);
    const bool fine = t.guarded([&] {
        curl_easy_getinfo(t.curl, CURLINFO_RESPONSE_CODE, &t.response.status);
        const bool wanted = t.response.status == 200 || t.response.status == 206;
        if (wanted && t.sink) return t.sink({data, size}, t.response);
        if (t.response.body.size() + size > kLargestBody) {
            if (!wanted) return;  // an error page: its beginning is enough
            throw Error(ErrorCode::unsupported, "The hub's answer is larger than " + std::to_string(kLargestBody) +
                                                    " bytes: it is no list of a model's files");
        }
        t.response.body.append(data, size);
    });
    return fine ? size : 0;
}

int on_progress(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& t = *static_cast<Transfer*>(transfer);
    return t.guarded([&] { t.task.check(); }) ? 0 : 1;
}

void set_options(CURL* curl, const HttpRequest& request, const HubSettings& settings, Transfer& transfer) {
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "rest-studio");
    curl_easy_setopt(curl, CURLOPT_NOBODY, request.head ? 1L : 0L);
    // Requests unencoded bytes, since ranges count those; if a server encodes them nevertheless, they are decoded.
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "identity");
    if (request.first_byte > 0)
        curl_easy_setopt(curl, CURLOPT_RANGE, (std::to_string(request.first_byte) + "-").c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.connect_seconds));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.stall_seconds));
    if (!settings.certificates.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings.certificates.c_str());
    if (!settings.http_proxy.empty() && ascii_lower(request.url).starts_with("http://"))
        curl_easy_setopt(curl, CURLOPT_PROXY, settings.http_proxy.c_str());
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
}

HeaderList make_headers(const HttpRequest& request) {
    HeaderList headers(nullptr, curl_slist_free_all);
    if (!request.token.empty())
        headers.reset(curl_slist_append(nullptr, ("Authorization: Bearer " + request.token).c_str()));
    return headers;
}

[[noreturn]] void fail(CURLcode code, const char* detail, const std::string& url) {
    const std::string said = *detail != '\0' ? detail : curl_easy_strerror(code);
    switch (code) {
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
            throw Error(ErrorCode::unsupported, url + " is no address that can be asked: " + said,
                        "Check HF_ENDPOINT, or the mirror that is set.");
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
            throw Error(ErrorCode::unsupported, "The certificate of " + url + " is not trusted: " + said,
                        "Check the machine's date. Where a proxy of your institution opens connections, name the file "
                        "of its certificate in SSL_CERT_FILE.");
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_PROXY:
            throw ConnectionLost("The proxy was not reached: " + said,
                                 "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY names hosts to reach without.");
        default:
            throw ConnectionLost("Cannot get " + url + ": " + said,
                                 "Check the network. Behind a proxy set HTTPS_PROXY; where the hub is not reached, set "
                                 "HF_ENDPOINT to a mirror or copy the files by hand (`rest models get --by-hand`).");
    }
}

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

Url parse_url(const std::string& text) {
    Url url(curl_url(), curl_url_cleanup);
    if (url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) url.reset();
    return url;
}

std::string url_part(const Url& url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (!url || curl_url_get(url.get(), part, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

}  // namespace

std::string HttpResponse::header(const std::string& name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? std::string() : at->second;
}

HttpResponse http_get(const HttpRequest& request, const HubSettings& settings, Task& task, const BodySink& sink) {
    start_curl();
    task.check();
    const Handle curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) throw Error(ErrorCode::unsupported, "libcurl does not start");
    HttpResponse response;
    Transfer transfer{curl.get(), response, sink, task, nullptr};
    char detail[CURL_ERROR_SIZE] = {};
    set_options(curl.get(), request, settings, transfer);
    const auto headers = make_headers(request);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, detail);
    const CURLcode code = curl_easy_perform(curl.get());
    if (transfer.thrown) std::rethrow_exception(transfer.thrown);
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &response.status);
    if (code != CURLE_OK) fail(code, detail, request.url);
    curl_off_t seconds = 0;
    if (!response.header("retry-after").empty() &&
        curl_easy_getinfo(curl.get(), CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK)
        response.retry_after = std::chrono::seconds(seconds);
    return response;
}

std::string resolve_url(const std::string& url, const std::string& location) {
    const Url base = parse_url(url);
    if (!base || curl_url_set(base.get(), CURLUPART_URL, location.c_str(), CURLU_URLENCODE) != CURLUE_OK) return {};
    const auto scheme = url_part(base, CURLUPART_SCHEME);
    return scheme == "http" || scheme == "https" ? url_part(base, CURLUPART_URL) : std::string();
}

bool same_origin(const std::string& url, const std::string& other) {
    const Url a = parse_url(url), b = parse_url(other);
    if (!a || !b) return false;
    for (const auto part : {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT}) {
        if (!iequals(url_part(a, part, CURLU_DEFAULT_PORT), url_part(b, part, CURLU_DEFAULT_PORT))) return false;
    }
    return true;
}

std::string url_escaped(const std::string& text) {
    start_curl();
    char* const escaped = curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size()));
    const std::string copy = escaped == nullptr ? "" : escaped;
    curl_free(escaped);
    return copy;
}

}  // namespace rest::models
