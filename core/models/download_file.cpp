// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/download_file.h"

#include "core/models/part_file.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

/// Compares the first byte of "Content-Range: bytes 100-999/1000"; without that header the server is assumed to comply.
bool goes_on_at(const HttpResponse& head, uint64_t byte) {
    const auto range = head.header("content-range");
    return range.empty() || range.starts_with("bytes " + std::to_string(byte) + "-");
}

/// A download in progress.
class Download {
  public:
    Download(HubClient& client, Task& task, const FileDownload& what, const std::function<void(uint64_t)>& arrived)
        : client_(client),
          task_(task),
          what_(what),
          arrived_(arrived),
          part_(what.folder / (what.file.name + ".part"), what.file, task) {}

    void run() {
        for (int wrong = 0;;) {
            arrived_(part_.bytes());
            if (!part_.whole()) receive();
            const auto& digest = what_.file.digest;
            const auto found = part_.digest();
            if (!digest.known() || found == digest.hex) break;
            if (++wrong > 1) refuse(found);
            task_.log(LogLevel::warning, what_.file.name + " has arrived with wrong bytes and is fetched anew");
            part_.restart();
        }
        part_.finish(what_.folder / what_.file.name);
    }

  private:
    void receive() {
        HubClient::Attempts attempts(client_);
        while (!part_.whole()) {
            const auto before = part_.bytes();
            try {
                attempt();
                if (part_.whole()) return;
                throw ConnectionLost(what_.file.name + ": the connection ended early",
                                     "Try again: what has arrived is kept.");
            } catch (const ConnectionLost& why) {
                if (part_.bytes() > before) attempts.brought_something();
                attempts.failed(why);
            }
        }
    }

    void attempt() {
        const auto from = part_.bytes();
        bool looked = false;
        const auto head = client_.fetch(what_.repo, what_.commit, what_.file.name, from,
                                        [&](std::string_view piece, const HttpResponse& response) {
                                            if (!std::exchange(looked, true)) look_at(response, from);
                                            part_.append(piece);
                                            arrived_(part_.bytes());
                                        });
        // No bytes after the requested offset, though there must be: the part file is useless.
        if (head.status == 416) start_over("the server has nothing behind byte " + std::to_string(from));
    }

    /// At the first piece: a server may restart at the beginning, or count offsets in the encoded bytes.
    void look_at(const HttpResponse& head, uint64_t from) {
        if (from == 0) return;
        const auto encoding = head.header("content-encoding");
        const bool encoded = !encoding.empty() && encoding != "identity";
        if (head.status == 200) {
            part_.restart();
        } else if (encoded || !goes_on_at(head, from)) {
            start_over("the server goes on with other bytes than asked for");
        }
    }

    [[noreturn]] void start_over(const std::string& why) {
        part_.restart();
        throw ConnectionLost(what_.file.name + ": " + why + ", so it is fetched from its beginning", "Try again.");
    }

    [[noreturn]] void refuse(const std::string& found) {
        part_.restart();
        throw Error(ErrorCode::damaged,
                    what_.file.name + " of " + what_.repo + " arrived twice with wrong bytes: its " +
                        to_string(what_.file.digest.kind) + " is " + found + " and should be " + what_.file.digest.hex,
                    "A mirror or proxy may hold another version: unset HF_ENDPOINT or try again later.");
    }

    HubClient& client_;
    Task& task_;
    const FileDownload& what_;
    const std::function<void(uint64_t)>& arrived_;
    PartFile part_;
};

}  // namespace

void download_file(HubClient& client, const FileDownload& download, const std::function<void(uint64_t)>& arrived) {
    Download(client, client.task(), download, arrived).run();
}

uint64_t arrived_bytes(const fs::path& folder, const RecordedFile& file) {
    for (const auto& name : {file.name, file.name + ".part"}) {
        std::error_code error;
        const auto bytes = fs::file_size(folder / name, error);
        if (!error) return bytes <= file.bytes ? bytes : 0;
    }
    return 0;
}

}  // namespace rest::models
