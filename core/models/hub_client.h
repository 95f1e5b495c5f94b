// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/models/digest.h"
#include "core/models/http.h"

namespace rest::models {

/// A file of a repository as described by the hub.
struct RemoteFile {
    std::string name;
    std::optional<uint64_t> bytes;
    FileDigest digest;
};

/// A repository at one commit.
struct RepoInfo {
    std::string repo, commit;
    std::string licence;  // as tagged on its page, "bsd-3-clause"; empty: none
    bool gated = false;   // files are available only to those who accepted its licence
    std::vector<RemoteFile> files;

    const RemoteFile* find(const std::string& file) const;
};

/// A client of the hub, or of a mirror with the same API. Retries wherever that can help: broken and stalled
/// connections, 408, 429 (after Retry-After) and 5xx, with increasing delays.
///
/// Redirections are followed over https (http only from a hub that is itself reached by http), and the token is sent
/// only to the hub's own origin. All calls throw Cancelled, and Error that names the repository: not_found, io (not
/// reached, refused, offline), unsupported, damaged (a response that is not the hub's).
class HubClient {
  public:
    HubClient(HubSettings settings, Task& task);

    /// `revision`: a branch, tag or commit. Sizes and digests of files may remain unknown.
    RepoInfo info(const std::string& repo, const std::string& revision = "main");
    /// Sets what info() left unknown about one file, from the file's own headers. A digest may remain unknown.
    void complete(RemoteFile& file, const std::string& repo, const std::string& commit);

    /// One attempt at a file from `first_byte` on; returns the response's head: 200, 206 or 416. Also throws
    /// ConnectionLost: the caller, which knows what has arrived, retries through again().
    HttpResponse fetch(const std::string& repo, const std::string& commit, const std::string& file, uint64_t first_byte,
                       const BodySink& sink);
    /// Waits before the next attempt, or throws Error after too many in a row that brought nothing.
    class Attempts {
      public:
        explicit Attempts(HubClient& client) : client_(client) {}
        void failed(const ConnectionLost& why);
        void brought_something() { in_vain_ = 0; }

      private:
        HubClient& client_;
        int in_vain_ = 0;
    };

    const HubSettings& settings() const { return settings_; }
    Task& task() { return task_; }

  private:
    HttpResponse ask(HttpRequest request, const std::string& what, const BodySink& sink);
    HttpResponse ask_again(const HttpRequest& request, const std::string& what);
    HttpResponse follow(HttpRequest request, const std::string& what, const BodySink& sink);
    [[noreturn]] void refuse(const HttpResponse& response, const std::string& what) const;
    [[noreturn]] void refuse_access(const HttpResponse& response, const std::string& what) const;
    bool find_keyring_token();
    void wait(std::chrono::seconds time);

    HubSettings settings_;
    Task& task_;
    bool keyring_asked_ = false;
};

}  // namespace rest::models
