// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/store/untrusted_file.h"

namespace rest::store {

/// A prepared statement in use; reset when it goes out of scope.
class Query {
  public:
    /// Increments `in_use` for its lifetime.
    Query(SQLite::Statement& statement, int& in_use) : statement_(statement), in_use_(in_use) { ++in_use_; }
    ~Query() {
        statement_.tryReset();
        --in_use_;
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Restarts with these values for ?1, ?2, ...
    template <class... Values>
    Query& with(const Values&... values) {
        statement_.tryReset();
        int index = 0;
        (statement_.bind(++index, values), ...);
        return *this;
    }
    /// Binds bytes to ?index (from 1), after with(). They must outlive the step.
    Query& blob(int index, std::string_view bytes) {
        statement_.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
        return *this;
    }
    /// Steps to the next row; false after the last.
    bool next() { return statement_.executeStep(); }
    /// Runs a statement that returns no rows; returns the number of rows changed.
    int run() { return statement_.exec(); }

    int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
    int number(int column) const { return statement_.getColumn(column).getInt(); }
    double real(int column) const { return statement_.getColumn(column).getDouble(); }
    std::string text(int column) const { return statement_.getColumn(column).getString(); }

  private:
    SQLite::Statement& statement_;
    int& in_use_;
};

enum class Access {
    create,
    read_write,
    read_only,
    /// Changes nothing either, but opens the file for writing if permitted: SQLite ignores a table's CHECK constraints
    /// in files opened read-only, and quick_check() would miss violations.
    inspect,
};

/// The remedy for a damaged project file.
extern const char* const kDamagedRemedy;

/// How a kind of database is kept safe and named in errors.
struct FileKind {
    const char* noun = "project";
    const char* damaged_remedy = kDamagedRemedy;
    /// False: a write-ahead log beside the file, in which a commit survives a crash of the program. True: the file
    /// alone holds every commit, synced to disk before the commit returns, so that it can be copied or sent at any
    /// time.
    bool single_file = false;
};

/// A connection to one of our SQLite files, configured for safety, with its prepared statements.
///
/// Files may come from anywhere: schemas are never trusted (trusted_schema off, defensive), links and foreign journals
/// beside a file are refused, and reading terminates whatever the page references (untrusted_file.h).
///
/// Not thread-safe: one per thread. All work goes through run(), transaction() or snapshot(), which turn database
/// failures into Error (damaged, no_space, busy, io, invalid_argument) naming the file.
class Database {
  public:
    Database(const std::filesystem::path& file, Access access, const FileKind& kind = {});

    template <class Work>
    auto run(Work&& work) const -> decltype(work()) {
        errno = 0;
        try {
            return work();
        } catch (const SQLite::Exception& e) {
            fail(e, errno);
        }
    }
    /// Runs `work` atomically, committed on return.
    template <class Work>
    void transaction(Work&& work) {
        run([&] {
            SQLite::Transaction guard(connection_, SQLite::TransactionBehavior::IMMEDIATE);
            work();
            guard.commit();
        });
    }
    /// Several queries on the same state, whatever another process writes meanwhile.
    template <class Work>
    auto snapshot(Work&& work) {
        return run([&] {
            SQLite::Transaction guard(connection_);
            auto result = work();
            guard.commit();
            return result;
        });
    }

    /// Prepares the statement once; the same `sql` must not be in use twice at a time.
    Query query(std::string_view sql);
    /// Runs statements not worth caching, separated by semicolons.
    void execute(const std::string& sql);
    /// The single value of a pragma or query.
    int64_t value(const std::string& sql);

    /// Ends the small initial budget in which a read-only connection checks whether the schema is one of ours; called
    /// by require_schema().
    void schema_is_known() { budget_.schema_is_known(); }

    /// Throws Error (damaged) if SQLite's quick_check finds an error.
    void quick_check();

  private:
    SQLite::Database connect(Access access);
    void configure(Access access);
    [[noreturn]] void fail(const SQLite::Exception& e, int system_error) const;

    std::filesystem::path file_;
    FileKind kind_;
    StepBudget budget_;  // for a read-only connection; outlives it
    SQLite::Database connection_;
    std::map<std::string, SQLite::Statement, std::less<>> statements_;
    int queries_in_use_ = 0;
};

}  // namespace rest::store
