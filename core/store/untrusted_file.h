// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

struct sqlite3;

namespace rest {

struct FileKind;

// What SQLite itself does not refuse in a database that came from somebody else.

/// Throws Error (damaged, unsupported) for files beside the database that would make SQLite write or delete elsewhere:
/// a log or journal that is a link (or a pipe, at which it would wait), and a journal that names another one (SQLite deletes that, wherever it is, and our
/// databases never make such).
void require_harmless_company(const std::filesystem::path& database, const FileKind& kind);

/// How many steps the queries on a file that nobody has checked may take, all together: more than a sound one of that
/// size can ask for, and an end to pages that lead in circles, which make a table without one. Then SQLITE_INTERRUPT.
class StepBudget {
  public:
    explicit StepBudget(uintmax_t file_bytes);
    StepBudget(const StepBudget&) = delete;
    StepBudget& operator=(const StepBudget&) = delete;

    /// Counts what the connection does; it must not outlive the budget unless released.
    void watch(sqlite3* connection);
    static void release(sqlite3* connection);

  private:
    uintmax_t calls_left_;
};

}  // namespace rest
