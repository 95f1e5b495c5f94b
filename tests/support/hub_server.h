// SPDX-License-Identifier: GPL-3.0-or-later
// A hub on this machine that answers as Hugging Face's does, and misbehaves on request.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rest::test {

struct HttpAsked {
    std::string method, target;                  // as in the request line; a proxy is asked for a whole URL
    std::map<std::string, std::string> headers;  // names in lower case

    std::string header(const std::string& name) const {
        const auto at = headers.find(name);
        return at == headers.end() ? "" : at->second;
    }
};

struct HttpAnswer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;  // Content-Length is added if `tells_length`
    std::string body;
    size_t cut_after = SIZE_MAX;  // of the body: then the connection is closed
    bool stalls = false;          // after cut_after bytes: nothing more until the client closes the connection
    bool tells_length = true;
};

/// Answers one connection after another, on its own thread, at 127.0.0.1.
class HttpServer {
  public:
    explicit HttpServer(std::function<HttpAnswer(const HttpAsked&)> answer);
    ~HttpServer();
    int port() const { return port_; }
    std::string address(const std::string& host = "127.0.0.1") const {
        return "http://" + host + ":" + std::to_string(port_);
    }
    /// Every request so far.
    std::vector<HttpAsked> asked() const;

  private:
    void serve();
    void serve_one(int connection);

    std::function<HttpAnswer(const HttpAsked&)> answer_;
    int listening_ = -1;
    int port_ = 0;
    std::atomic<bool> stop_{false};
    mutable std::mutex mutex_;
    std::vector<HttpAsked> asked_;
    std::thread thread_;  // last
};

/// One repository on a hub; large files are redirected to another host, as the hub redirects to its CDN.
class HubServer {
  public:
    struct File {
        std::string content;
        bool large = false;
    };
    /// Changes the right `answer` to a request whose target contains `in`; once.
    struct Fault {
        std::string in;
        std::function<HttpAnswer(HttpAnswer answer, const HttpAsked& asked)> change;
    };

    explicit HubServer(const std::string& repo, std::map<std::string, File> files);

    std::string endpoint() const { return hub_.address(); }
    /// Requests to the hub itself, or to the host that it redirects to.
    std::vector<HttpAsked> asked() const { return hub_.asked(); }
    std::vector<HttpAsked> asked_elsewhere() const { return elsewhere_.asked(); }
    int count(const std::string& in) const;
    void fault(const std::string& in, std::function<HttpAnswer(HttpAnswer, const HttpAsked&)> change);
    void fault(const std::string& in, int status, std::vector<std::pair<std::string, std::string>> headers = {});

    // To be set before the first request.
    std::string commit = std::string(40, 'a');
    std::string licence = "bsd-3-clause";
    std::string token;        // required for files; empty: none
    bool tells_sizes = true;  // ?blobs=true is obeyed
    bool obeys_range = true;

    static std::string sha256(const std::string& content);
    static std::string git_sha1(const std::string& content);

  private:
    HttpAnswer answer_hub(const HttpAsked& asked);
    HttpAnswer answer_elsewhere(const HttpAsked& asked);
    HttpAnswer right_answer(const HttpAsked& asked);
    HttpAnswer with_faults(HttpAnswer answer, const HttpAsked& asked);
    HttpAnswer describe() const;
    HttpAnswer give(const std::string& content, const HttpAsked& asked) const;

    std::string repo_;
    std::map<std::string, File> files_;
    std::mutex mutex_;
    std::deque<Fault> faults_;
    HttpServer elsewhere_;
    HttpServer hub_;
};

}  // namespace rest::test
