// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3;

namespace rest::store {

struct FileKind;

// What SQLite itself does not refuse in a database that came from somebody else.

/// Throws Error (damaged, unsupported) for files beside the database that would make SQLite write or delete elsewhere:
/// a log or journal that is a link (or a pipe, at which it would wait), and a journal that names another one (SQLite
/// deletes that, wherever it is, and our databases never make such).
void require_harmless_company(const std::filesystem::path& database, const FileKind& kind);

/// How many steps a piece of reading may take: more than a sound file can ask for, and an end to pages that lead in
/// circles, which make a table without one. Then SQLITE_INTERRUPT. Until the schema is known to be one of ours, as many
/// as schemas of ours take, whatever the file's size; then in proportion to it.
class StepBudget {
  public:
    explicit StepBudget(const std::filesystem::path& database);
    StepBudget(const StepBudget&) = delete;
    StepBudget& operator=(const StepBudget&) = delete;

    /// Counts what the connection does, which must not outlive the budget.
    void watch(sqlite3* connection);
    /// The next piece begins; the file may have grown.
    void renew();
    /// From the next piece on rows are read.
    void schema_is_known() { schema_known_ = true; }

  private:
    std::string database_, log_;
    bool schema_known_ = false;
    uintmax_t calls_left_ = 0;
};

}  // namespace rest::store
