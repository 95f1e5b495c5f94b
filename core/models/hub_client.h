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

/// A file of a repository as the hub describes it.
struct RemoteFile {
    std::string name;
    std::optional<uint64_t> bytes;
    FileDigest digest;
};

/// A repository at one commit.
struct RepoInfo {
    std::string repo, commit;
    std::string licence;  // as its page tags it, "bsd-3-clause"; empty: none named
    std::vector<RemoteFile> files;

    const RemoteFile* find(const std::string& file) const;
};

/// Talks to the hub, or to a mirror that answers as it does. Everything is tried again where that can help: broken and
/// stalled connections, 408, 429 (as late as Retry-After says) and 5xx, each later than the one before.
///
/// Redirections are followed over https (http only from a hub that is asked by http), and the token goes to the hub's
/// own origin alone. All calls throw Cancelled, and Error that names the repository: not_found, io (not reached,
/// refused, offline), unsupported, damaged (an answer that is none of the hub's).
class HubClient {
  public:
    HubClient(HubSettings settings, Task& task);

    /// `revision`: a branch, tag or commit. Sizes and digests of files may still be unknown.
    RepoInfo info(const std::string& repo, const std::string& revision = "main");
    /// Fills in what info() left unknown of one file, by the headers of the file itself. A digest may stay unknown.
    void complete(RemoteFile& file, const std::string& repo, const std::string& commit);

    /// One attempt at a file from `first_byte` on; returns the head of the answer: 200, 206 or 416. Throws
    /// ConnectionLost as well: the caller, who knows what has arrived, tries again by again().
    HttpResponse fetch(const std::string& repo, const std::string& commit, const std::string& file, uint64_t first_byte,
                       const BodySink& sink);
    /// Waits before the next attempt, or throws Error when there have been enough that brought nothing.
    class Attempts {
      public:
        explicit Attempts(HubClient& client) : client_(client) {}
        void failed(const ConnectionLost& why);
        void brought_something() { in_vain_ = 0; }

      private:
        HubClient& client_;
        int in_vain_ = 0;
    };

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
