// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/bundle/process_identity.h"

namespace rest::bundle {

/// What a program had open: enough to open it again.
struct SessionState {
    std::filesystem::path project;  // folder, absolute
    std::string page;               // "captions"; the program's own word
    std::string window;             // size and place of the window in the program's own form, any text

    bool operator==(const SessionState&) const = default;
};

/// A session whose program is gone without having said so.
struct EndedSession {
    std::filesystem::path mark;  // the file that tells of it
    std::string program;         // "rest-studio"
    std::string written;         // ISO 8601, UTC: when the mark was last written
    SessionState state;
};

/// Where marks lie: `sessions` in state_dir().
std::filesystem::path sessions_dir();

/// The mark of this process: a small file that is there while a project is open and that a clean end removes. What a
/// crash leaves behind is found by unexpected_ends() at the next start. One thread.
class SessionMark {
  public:
    explicit SessionMark(std::string program, std::filesystem::path folder = sessions_dir());
    ~SessionMark();
    SessionMark(const SessionMark&) = delete;
    SessionMark& operator=(const SessionMark&) = delete;

    /// Writes the mark, whole or not at all; does nothing when it says this already. Throws Error (io, no_space).
    void put(const SessionState& state);
    void remove() noexcept;

  private:
    std::string program_;
    std::filesystem::path folder_;
    std::filesystem::path file_;
    ProcessIdentity process_;
    SessionState written_;
    bool there_ = false;
};

/// Marks of `program` whose process is gone, newest first. Marks of living processes and of other machines are left
/// alone; files that are no marks are removed. Never throws: a folder that cannot be read holds none.
std::vector<EndedSession> unexpected_ends(const std::string& program,
                                          const std::filesystem::path& folder = sessions_dir());

/// Removes the mark: the session was offered and answered.
void forget(const EndedSession& session) noexcept;

}  // namespace rest::bundle
