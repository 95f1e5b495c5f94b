// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hub_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <nlohmann/json.hpp>
#include <sstream>

namespace rest::test {
namespace {

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

bool readable(int socket, int milliseconds) {
    pollfd wait{socket, POLLIN, 0};
    return ::poll(&wait, 1, milliseconds) > 0;
}

HttpAsked parse(const std::string& head) {
    HttpAsked asked;
    std::istringstream in(head);
    std::string line;
    std::getline(in, line);
    std::istringstream(line) >> asked.method >> asked.target;
    while (std::getline(in, line)) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) continue;
        auto value = line.substr(colon + 1);
        value.erase(0, value.find_first_not_of(' '));
        while (!value.empty() && (value.back() == '\r' || value.back() == ' ')) value.pop_back();
        asked.headers[lower(line.substr(0, colon))] = value;
    }
    return asked;
}

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<size_t>(n));
    }
    return true;
}

std::string hex(const QByteArray& digest) {
    return digest.toHex().toStdString();
}

}  // namespace

HttpServer::HttpServer(std::function<HttpAnswer(const HttpAsked&)> answer) : answer_(std::move(answer)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    const bool listens = ::bind(listening_, reinterpret_cast<sockaddr*>(&where), size) == 0 &&
                         ::listen(listening_, 8) == 0 &&
                         ::getsockname(listening_, reinterpret_cast<sockaddr*>(&where), &size) == 0;
    if (!listens) throw std::runtime_error("The test's server cannot listen");
    port_ = ntohs(where.sin_port);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
    stop_ = true;
    thread_.join();
    ::close(listening_);
}

std::vector<HttpAsked> HttpServer::asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
}

void HttpServer::serve() {
    while (!stop_) {
        if (!readable(listening_, 20)) continue;
        const int connection = ::accept(listening_, nullptr, nullptr);
        if (connection < 0) continue;
        serve_one(connection);
        ::close(connection);
    }
}

void HttpServer::serve_one(int connection) {
    std::string head;
    char piece[4096];
    while (head.find("\r\n\r\n") == std::string::npos) {
        while (!readable(connection, 20)) {
            if (stop_) return;
        }
        const ssize_t n = ::recv(connection, piece, sizeof piece, 0);
        if (n <= 0) return;
        head.append(piece, static_cast<size_t>(n));
    }
    const auto asked = parse(head);
    {
        const std::lock_guard lock(mutex_);
        asked_.push_back(asked);
    }
    const auto answer = answer_(asked);
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " Said\r\nConnection: close\r\n";
    for (const auto& [name, value] : answer.headers) out += name + ": " + value + "\r\n";
    if (answer.tells_length) out += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    out += "\r\n";
    if (asked.method != "HEAD") out += answer.body.substr(0, answer.cut_after);
    if (!send_all(connection, out)) return;
    while (answer.stalls && !stop_ && !readable(connection, 20)) {  // readable: the client has closed it
    }
}

HubServer::HubServer(const std::string& repo, std::map<std::string, File> files)
    : repo_(repo),
      files_(std::move(files)),
      elsewhere_([this](const HttpAsked& asked) { return answer_elsewhere(asked); }),
      hub_([this](const HttpAsked& asked) { return answer_hub(asked); }) {}

int HubServer::count(const std::string& in) const {
    int found = 0;
    for (const auto* server : {&hub_, &elsewhere_}) {
        for (const auto& asked : server->asked()) found += asked.target.find(in) != std::string::npos;
    }
    return found;
}

void HubServer::fault(const std::string& in, std::function<HttpAnswer(HttpAnswer, const HttpAsked&)> change) {
    const std::lock_guard lock(mutex_);
    faults_.push_back({in, std::move(change)});
}

void HubServer::fault(const std::string& in, int status, std::vector<std::pair<std::string, std::string>> headers) {
    fault(in, [=](HttpAnswer, const HttpAsked&) { return HttpAnswer{.status = status, .headers = headers}; });
}

std::string HubServer::sha256(const std::string& content) {
    return hex(QCryptographicHash::hash(QByteArray::fromStdString(content), QCryptographicHash::Sha256));
}

std::string HubServer::git_sha1(const std::string& content) {
    const auto blob = "blob " + std::to_string(content.size()) + std::string(1, '\0') + content;
    return hex(QCryptographicHash::hash(QByteArray::fromStdString(blob), QCryptographicHash::Sha1));
}

HttpAnswer HubServer::with_faults(HttpAnswer answer, const HttpAsked& asked) {
    const std::lock_guard lock(mutex_);
    for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
        if (asked.target.find(fault->in) == std::string::npos) continue;
        const auto change = fault->change;
        faults_.erase(fault);
        return change(std::move(answer), asked);
    }
    return answer;
}

HttpAnswer HubServer::answer_hub(const HttpAsked& asked) {
    return with_faults(right_answer(asked), asked);
}

HttpAnswer HubServer::right_answer(const HttpAsked& asked) {
    const auto api = "/api/models/" + repo_ + "/revision/";
    const auto resolve = "/" + repo_ + "/resolve/" + commit + "/";
    if (asked.target.starts_with(api)) {
        const auto revision = asked.target.substr(api.size(), asked.target.find('?') - api.size());
        if (revision == "main" || revision == commit) return describe();
        return {.status = 404, .headers = {{"X-Error-Code", "RevisionNotFound"}}};
    }
    if (!asked.target.starts_with(resolve))
        return {.status = 401,
                .headers = {{"X-Error-Code", "RepoNotFound"}, {"X-Error-Message", "Invalid username or password."}}};
    const auto file = files_.find(asked.target.substr(resolve.size()));
    if (file == files_.end()) return {.status = 404, .headers = {{"X-Error-Code", "EntryNotFound"}}};
    if (!token.empty() && asked.header("authorization") != "Bearer " + token) {
        const bool none = asked.header("authorization").empty();
        return {.status = none ? 401 : 403, .headers = {{"X-Error-Code", "GatedRepo"}}};
    }
    const auto& content = file->second.content;
    if (!file->second.large) {
        auto answer = give(content, asked);
        answer.headers.emplace_back("ETag", "W/\"" + git_sha1(content) + "\"");
        answer.headers.emplace_back("X-Repo-Commit", commit);
        return answer;
    }
    const auto digest = sha256(content);
    return {.status = 302,
            .headers = {{"Location", elsewhere_.address("localhost") + "/blobs/" + digest + "?name=" + file->first +
                                         "&Signature=a%2Fb"},
                        {"X-Repo-Commit", commit},
                        {"X-Linked-Size", std::to_string(content.size())},
                        {"X-Linked-Etag", "\"" + digest + "\""},
                        {"ETag", "\"of the answer\""}},
            .body = "Found. Redirecting"};
}

HttpAnswer HubServer::answer_elsewhere(const HttpAsked& asked) {
    for (const auto& [name, file] : files_) {
        if (asked.target.find("/blobs/" + sha256(file.content)) != std::string::npos)
            return with_faults(give(file.content, asked), asked);
    }
    return {.status = 404};
}

HttpAnswer HubServer::describe() const {
    nlohmann::json siblings = nlohmann::json::array();
    for (const auto& [name, file] : files_) {
        nlohmann::json item = {{"rfilename", name}};
        if (tells_sizes) {
            item["size"] = file.content.size();
            item["blobId"] = git_sha1(file.large ? "a pointer" : file.content);
            if (file.large)
                item["lfs"] = {{"sha256", sha256(file.content)}, {"size", file.content.size()}, {"pointerSize", 134}};
        }
        siblings.push_back(item);
    }
    const nlohmann::json document = {{"id", repo_},
                                     {"sha", commit},
                                     {"gated", token.empty() ? nlohmann::json(false) : nlohmann::json("auto")},
                                     {"tags", {"pytorch", "license:" + licence}},
                                     {"siblings", siblings}};
    return {.headers = {{"Content-Type", "application/json"}}, .body = document.dump()};
}

HttpAnswer HubServer::give(const std::string& content, const HttpAsked& asked) const {
    const auto range = asked.header("range");
    if (range.empty() || !obeys_range) return {.headers = {{"Accept-Ranges", "bytes"}}, .body = content};
    const auto from = static_cast<size_t>(std::stoull(range.substr(std::string("bytes=").size())));
    const auto size = std::to_string(content.size());
    if (from >= content.size()) return {.status = 416, .headers = {{"Content-Range", "bytes */" + size}}};
    return {.status = 206,
            .headers = {{"Content-Range",
                         "bytes " + std::to_string(from) + "-" + std::to_string(content.size() - 1) + "/" + size}},
            .body = content.substr(from)};
}

}  // namespace rest::test
