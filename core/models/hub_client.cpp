// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/hub_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/models/keyring.h"

namespace rest::models {
namespace {

using nlohmann::json;
using std::chrono::seconds;

/// A response after which a retry may succeed.
class TryLater : public ConnectionLost {
  public:
    TryLater(const std::string& message, std::string remedy_, std::optional<seconds> after_)
        : ConnectionLost(message, std::move(remedy_)), after(after_) {}
    std::optional<seconds> after;
};

constexpr int kMostRedirects = 10;
constexpr seconds kLongestWait{300};  // the user decides about longer ones

std::string file_url(const HubSettings& settings, const std::string& repo, const std::string& commit,
                     const std::string& file) {
    return settings.endpoint + "/" + repo + "/resolve/" + url_escaped(commit) + "/" + url_escaped(file);
}

std::optional<uint64_t> number(const std::string& text) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

std::string text_member(const json& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<uint64_t> size_member(const json& object, const char* name) {
    const auto at = object.find(name);
    if (at == object.end() || !at->is_number_unsigned()) return std::nullopt;
    return at->get<uint64_t>();
}

RemoteFile read_file_entry(const json& item) {
    RemoteFile file;
    file.name = text_member(item, "rfilename");
    file.bytes = size_member(item, "size");
    file.digest = digest_from_etag(text_member(item, "blobId"));
    const auto lfs = item.find("lfs");
    if (lfs != item.end() && lfs->is_object()) {  // blobId is then the LFS pointer's
        file.digest = digest_from_etag(text_member(*lfs, "sha256"));
        if (const auto size = size_member(*lfs, "size")) file.bytes = size;
    }
    return file;
}

std::string licence_of(const json& document) {
    const auto tags = document.find("tags");
    if (tags != document.end() && tags->is_array()) {
        constexpr std::string_view kMark = "license:";
        for (const auto& tag : *tags) {
            if (tag.is_string() && tag.get<std::string>().starts_with(kMark))
                return tag.get<std::string>().substr(kMark.size());
        }
    }
    const auto card = document.find("cardData");
    return card != document.end() && card->is_object() ? text_member(*card, "license") : std::string();
}

bool is_commit(const std::string& text) {
    constexpr size_t kDigits = 40;
    return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

RepoInfo read_info(const std::string& body, const std::string& repo, const std::string& url) {
    const auto parsed = parse_json(body);
    RepoInfo info;
    if (parsed && parsed->is_object()) {
        info.repo = repo;
        info.commit = text_member(*parsed, "sha");
        info.licence = licence_of(*parsed);
        const auto gated = parsed->find("gated");  // false, "auto" or "manual"
        info.gated = gated != parsed->end() && !gated->is_null() && *gated != false;
        const auto siblings = parsed->find("siblings");
        if (siblings != parsed->end() && siblings->is_array()) {
            for (const auto& item : *siblings) {
                if (item.is_object()) info.files.push_back(read_file_entry(item));
            }
        }
    }
    if (is_commit(info.commit)) return info;
    throw Error(ErrorCode::damaged, url + " answers with something that is no description of a model",
                "A proxy or a network that wants a log-in may stand between, or HF_ENDPOINT is no hub: open the "
                "address in a browser.");
}

}  // namespace

const RemoteFile* RepoInfo::find(const std::string& file) const {
    const auto at = std::ranges::find(files, file, &RemoteFile::name);
    return at == files.end() ? nullptr : &*at;
}

HubClient::HubClient(HubSettings settings, Task& task) : settings_(std::move(settings)), task_(task) {}

RepoInfo HubClient::info(const std::string& repo, const std::string& revision) {
    const auto url = settings_.endpoint + "/api/models/" + repo + "/revision/" + url_escaped(revision) + "?blobs=true";
    return read_info(ask_again({.url = url}, repo).body, repo, url);
}

void HubClient::complete(RemoteFile& file, const std::string& repo, const std::string& commit) {
    if (file.bytes && file.digest.known()) return;
    const auto head =
        ask_again({.url = file_url(settings_, repo, commit, file.name), .head = true}, repo + ", " + file.name);
    // A redirect's length and ETag are its own, not the file's.
    const bool own = head.status == 200;
    const auto linked = head.header("x-linked-size");
    if (const auto size = number(linked.empty() && own ? head.header("content-length") : linked)) file.bytes = size;
    const auto etag = head.header("x-linked-etag");
    const auto digest = digest_from_etag(etag.empty() && own ? head.header("etag") : etag);
    if (digest.known()) file.digest = digest;
    if (file.bytes) return;
    throw Error(ErrorCode::unsupported,
                settings_.endpoint + " does not tell how large " + file.name + " of " + repo + " is",
                "Use another mirror, or the hub itself: without its size a file that was cut is not known from a whole "
                "one.");
}

HttpResponse HubClient::fetch(const std::string& repo, const std::string& commit, const std::string& file,
                              uint64_t first_byte, const BodySink& sink) {
    return ask({.url = file_url(settings_, repo, commit, file), .first_byte = first_byte}, repo + ", " + file, sink);
}

HttpResponse HubClient::ask_again(const HttpRequest& request, const std::string& what) {
    Attempts attempts(*this);
    for (;;) {
        try {
            return ask(request, what, {});
        } catch (const ConnectionLost& why) {
            attempts.failed(why);
        }
    }
}

/// The keyring is queried only if the hub requires a token: the desktop may ask the user for a password.
HttpResponse HubClient::ask(HttpRequest request, const std::string& what, const BodySink& sink) {
    if (settings_.offline) {
        throw Error(
            ErrorCode::io, what + " is not on this machine, and HF_HUB_OFFLINE forbids to ask for it",
            "Unset HF_HUB_OFFLINE, or copy the files by hand: `rest models get --by-hand` tells which and where.");
    }
    auto response = follow(request, what, sink);
    const bool wants_token = response.status == 401 || response.status == 403;
    if (wants_token && settings_.token.empty() && find_keyring_token()) response = follow(request, what, sink);
    const bool fine = response.status == 200 || response.status == 206 || response.status == 416 ||
                      // The hub's redirect for a file stored elsewhere.
                      (request.head && response.status >= 300 && response.status < 400);
    if (!fine) refuse(response, what);
    return response;
}

HttpResponse HubClient::follow(HttpRequest request, const std::string& what, const BodySink& sink) {
    const bool plain = ascii_lower(settings_.endpoint).starts_with("http://");
    for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
        request.token = same_origin(request.url, settings_.endpoint) ? settings_.token : "";
        auto response = http_get(request, settings_, task_, sink);
        if (response.status < 300 || response.status >= 400 || response.header("location").empty()) return response;
        const auto next = resolve_url(request.url, response.header("location"));
        // The hub's own response describes the file; another host's would describe only the bytes there.
        if (request.head && !same_origin(next, request.url)) return response;
        if (next.empty() || (!plain && !ascii_lower(next).starts_with("https://"))) {
            throw Error(ErrorCode::unsupported,
                        fmt::format("{}: {} sends on to {}, which is not encrypted", what, request.url,
                                    response.header("location")),
                        "A network that wants a log-in does that: open the hub in a browser first.");
        }
        request.url = next;
    }
    throw Error(ErrorCode::unsupported, what + ": the hub sends from one address to the next without end",
                "Check HF_ENDPOINT.");
}

void HubClient::refuse(const HttpResponse& r, const std::string& what) const {
    const auto code = r.header("x-error-code");
    const auto said = r.header("x-error-message").empty() ? "" : ": " + r.header("x-error-message");
    if (r.status == 429 || r.status == 408 || r.status >= 500) {
        throw TryLater(fmt::format("{}: {} answers {}{}", what, settings_.endpoint, r.status, said),
                       r.status == 429
                           ? "The hub limits how often it is asked: wait, or log in with a token (HF_TOKEN)."
                           : "The hub has trouble: see https://status.huggingface.co and try later.",
                       r.retry_after);
    }
    if ((r.status == 401 || r.status == 403) && code != "RepoNotFound") refuse_access(r, what);
    if (r.status == 404 || r.status == 401) {
        const bool revision = code == "RevisionNotFound", file = code == "EntryNotFound";
        throw Error(ErrorCode::not_found,
                    revision ? what + ": the hub does not have the wanted revision"
                    : file   ? what + ": the repository does not have this file"
                             : fmt::format("{} has no model {}, or it is private", settings_.endpoint, what),
                    revision || file ? "Its owner may have changed it: remove what was begun and get it anew."
                                     : "Check the name; for a private model set HF_TOKEN.");
    }
    throw Error(ErrorCode::io, fmt::format("{}: {} answers {}{}", what, settings_.endpoint, r.status, said),
                "Open the address in a browser to see what is wrong.");
}

void HubClient::refuse_access(const HttpResponse& r, const std::string& what) const {
    const auto repo = what.substr(0, what.find(','));
    const auto page = settings_.endpoint + "/" + repo;
    if (settings_.token.empty()) {
        throw Error(
            ErrorCode::io,
            fmt::format("{} is gated or private: {} answers {} without a token", what, settings_.endpoint, r.status),
            fmt::format("Accept its licence at {} , make a token that may read at {}/settings/tokens , and give "
                        "it: set HF_TOKEN, or `rest models token`.",
                        page, settings_.endpoint));
    }
    const bool gated = r.header("x-error-code") == "GatedRepo" || r.status == 403;
    throw Error(
        ErrorCode::io,
        fmt::format("{}: {} answers {} to the token from {}", what, settings_.endpoint, r.status,
                    settings_.token_source),
        gated ? fmt::format("Ask for access at {} with the token's account; a fine-grained token must also be "
                            "allowed to read gated repositories.",
                            page)
              : fmt::format("The token may have expired: make another at {}/settings/tokens .", settings_.endpoint));
}

bool HubClient::find_keyring_token() {
    if (!settings_.use_keyring || std::exchange(keyring_asked_, true)) return false;
    settings_.token = keyring_token(settings_.endpoint);
    settings_.token_source = "the keyring";
    return !settings_.token.empty();
}

void HubClient::wait(seconds time) {
    if (settings_.wait) return settings_.wait(time, task_);
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
        task_.check();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void HubClient::Attempts::failed(const ConnectionLost& why) {
    ++in_vain_;
    const auto* later = dynamic_cast<const TryLater*>(&why);
    const seconds time = later != nullptr && later->after ? *later->after : seconds(1 << std::min(in_vain_ - 1, 5));
    if (in_vain_ >= client_.settings_.attempts || time > kLongestWait) {
        const auto when = time > kLongestWait ? fmt::format("; it asks to wait {} seconds", time.count()) : "";
        throw Error(ErrorCode::io, why.what() + when, why.remedy);
    }
    client_.task_.log(LogLevel::warning, fmt::format("{}; trying again in {} s", why.what(), time.count()));
    client_.wait(time);
}

}  // namespace rest::models
