// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3;

namespace rest::store {

struct FileKind;

// Checks that SQLite itself does not make for a database from an untrusted source.

/// Throws Error (damaged, unsupported) for files beside the database that would make SQLite write or delete elsewhere:
/// a log or journal that is a link (or a pipe, on which it would block), and a journal that names another one (SQLite
/// deletes that, wherever it is; our databases never create one).
void require_harmless_company(const std::filesystem::path& database, const FileKind& kind);

/// A limit on the steps of one read operation: more than an intact file can need, so that cyclic page references, which
/// make a table endless, terminate with SQLITE_INTERRUPT. Until the schema is known to be one of ours, enough for our
/// schemas, whatever the file's size; then in proportion to it.
class StepBudget {
  public:
    explicit StepBudget(const std::filesystem::path& database);
    StepBudget(const StepBudget&) = delete;
    StepBudget& operator=(const StepBudget&) = delete;

    /// Counts the connection's steps; it must not outlive the budget.
    void watch(sqlite3* connection);
    /// Starts the next operation; the file may have grown.
    void renew();
    /// From the next operation on, rows are read.
    void schema_is_known() { schema_known_ = true; }

  private:
    std::string database_, log_;
    bool schema_known_ = false;
    uintmax_t calls_left_ = 0;
};

}  // namespace rest::store
