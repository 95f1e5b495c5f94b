// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/bundle/process_identity.h"

namespace rest::bundle {

/// What a program had open: enough to restore it.
struct SessionState {
    std::filesystem::path project;  // folder, absolute
    std::string page;               // "captions"; the program's own identifier
    std::string window;             // size and position of the window in the program's own format, any text

    bool operator==(const SessionState&) const = default;
};

/// A session whose program ended without closing it.
struct EndedSession {
    std::filesystem::path mark;  // the file that records it
    std::string program;         // "rest-studio"
    std::string written;         // ISO 8601, UTC: when the mark was last written
    SessionState state;
};

/// The folder of the marks: `sessions` in state_dir().
std::filesystem::path sessions_dir();

/// The mark of this process: a small file that exists while a project is open and that a clean exit removes. What a
/// crash leaves behind is found by unexpected_ends() at the next start. One thread.
class SessionMark {
  public:
    explicit SessionMark(std::string program, std::filesystem::path folder = sessions_dir());
    ~SessionMark();
    SessionMark(const SessionMark&) = delete;
    SessionMark& operator=(const SessionMark&) = delete;

    /// Writes the mark atomically; does nothing if it is unchanged. Throws Error (io, no_space).
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

/// Marks of `program` whose process has died, newest first. Marks of living processes and of other machines are left
/// alone; files that are not marks are removed. Never throws: an unreadable folder counts as empty.
std::vector<EndedSession> unexpected_ends(const std::string& program,
                                          const std::filesystem::path& folder = sessions_dir());

/// Removes the mark, once the user has decided about the session.
void forget(const EndedSession& session) noexcept;

}  // namespace rest::bundle
