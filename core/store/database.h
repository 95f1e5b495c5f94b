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

/// A prepared statement in use; given back (reset) when it goes out of scope.
class Query {
  public:
    /// Counts itself in `in_use` as long as it lives.
    Query(SQLite::Statement& statement, int& in_use) : statement_(statement), in_use_(in_use) { ++in_use_; }
    ~Query() {
        statement_.tryReset();
        --in_use_;
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Starts over with these values for ?1, ?2, ...
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
    /// Runs a statement that gives no rows; returns how many rows it changed.
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
    /// Changes nothing either, but has the file open for writing where that is allowed: SQLite forgets a table's CHECK
    /// rules in files that it opens for reading, and quick_check() would pass what breaks them.
    inspect,
};

/// What to tell a user whose project file is broken.
extern const char* const kDamagedRemedy;

/// What kind of file a database is: how it is kept safe and how errors speak of it.
struct FileKind {
    const char* noun = "project";
    const char* damaged_remedy = kDamagedRemedy;
    /// False: a write-ahead log beside the file, in which a commit survives a crash of the program. True: the file
    /// alone holds every commit, on the disk before the commit returns, so that it may be copied or sent at any time.
    bool single_file = false;
};

/// One connection to an SQLite file of ours, set up for safety, with its prepared statements.
///
/// Files may come from anywhere: what a schema says is never trusted (trusted_schema off, defensive), links and foreign
/// journals beside a file are refused, and reading has an end however the pages hang together (untrusted_file.h).
///
/// Not thread-safe: one per thread. All work goes through run(), transaction() or snapshot(), which turn failures of
/// the database into Error (damaged, no_space, busy, io, invalid_argument) naming the file.
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
    /// All of `work` or nothing of it, committed on return.
    template <class Work>
    void transaction(Work&& work) {
        run([&] {
            SQLite::Transaction guard(connection_, SQLite::TransactionBehavior::IMMEDIATE);
            work();
            guard.commit();
        });
    }
    /// Several queries that see the same state, whatever another process writes meanwhile.
    template <class Work>
    auto snapshot(Work&& work) {
        return run([&] {
            SQLite::Transaction guard(connection_);
            auto result = work();
            guard.commit();
            return result;
        });
    }

    /// The statement is prepared once; the same `sql` must not be in use twice at a time.
    Query query(std::string_view sql);
    /// Statements that are not worth keeping, separated by semicolons.
    void execute(const std::string& sql);
    /// The one value of a pragma or query.
    int64_t value(const std::string& sql);

    /// Ends the short budget in which a connection that only reads finds out whether the schema is one of ours;
    /// require_schema() says so.
    void schema_is_known() { budget_.schema_is_known(); }

    /// Throws Error (damaged) when SQLite's quick_check finds fault.
    void quick_check();

  private:
    SQLite::Database connect(Access access);
    void configure(Access access);
    [[noreturn]] void fail(const SQLite::Exception& e, int system_error) const;

    std::filesystem::path file_;
    FileKind kind_;
    StepBudget budget_;  // of a connection that only reads; outlives it
    SQLite::Database connection_;
    std::map<std::string, SQLite::Statement, std::less<>> statements_;
    int queries_in_use_ = 0;
};

}  // namespace rest::store
