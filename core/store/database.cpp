// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include <sqlite3.h>

#include <cctype>
#include <cerrno>
#include <tuple>

#include "core/base/file_error.h"

namespace rest::store {

namespace fs = std::filesystem;

const char* const kDamagedRemedy =
    "Go back to a copy of the project. Frames, features and checkpoints lie in files beside it and are not concerned.";

namespace {

constexpr int kBusyMilliseconds = 10000;

/// The path as an SQLite URI, for the one option (immutable) that has no flag.
std::string immutable_uri(const fs::path& file) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const unsigned char c : fs::absolute(file).string()) {
        const bool plain = std::isalnum(c) != 0 || c == '/' || c == '.' || c == '-' || c == '_';
        if (plain)
            uri += static_cast<char>(c);
        else
            uri += {'%', kHex[c >> 4], kHex[c & 15]};
    }
    return uri + "?immutable=1";
}

/// SQLite reports a full disk as such only for short writes; opening, syncing and growing fail with general codes.
ErrorCode code_of(int sqlite_code, int system_error) {
    const bool of_the_system = sqlite_code == SQLITE_IOERR || sqlite_code == SQLITE_CANTOPEN;
    if (of_the_system && means_no_space(system_error)) return ErrorCode::no_space;
    switch (sqlite_code) {
        case SQLITE_FULL:
            return ErrorCode::no_space;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::busy;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_INTERRUPT:  // of StepBudget
            return ErrorCode::damaged;
        case SQLITE_CONSTRAINT:
        case SQLITE_RANGE:
        case SQLITE_TOOBIG:
            return ErrorCode::invalid_argument;
        default:
            return ErrorCode::io;
    }
}

std::pair<std::string, std::string> words_for(ErrorCode code, int system_error, const FileKind& kind) {
    switch (code) {
        case ErrorCode::no_space:
            return {"There is no space left to write to ", file_remedy(ENOSPC)};
        case ErrorCode::busy:
            return {"Another program holds ", "Close it, or wait until its work is done."};
        case ErrorCode::damaged:
            return {std::string("This ") + kind.noun + " is damaged: ", kind.damaged_remedy};
        case ErrorCode::invalid_argument:
            return {"Refused by the rules of ", ""};
        default:
            return {"Cannot use ", file_remedy(system_error)};
    }
}

/// Whether to trust the system's error: errno may be older than the failure.
int believable(int system_error, int sqlite_code) {
    if (sqlite_code == SQLITE_CANTOPEN) return system_error;
    if (sqlite_code != SQLITE_IOERR) return 0;
    return means_no_space(system_error) || system_error == EROFS ? system_error : EIO;
}

[[noreturn]] void throw_error(const SQLite::Exception& e, int system_error, const fs::path& file,
                              const FileKind& kind) {
    const int sqlite_code = e.getErrorCode() & 0xff;
    const ErrorCode code = code_of(sqlite_code, system_error);
    const auto [what, remedy] = words_for(code, believable(system_error, sqlite_code), kind);
    const bool circles = sqlite_code == SQLITE_INTERRUPT;
    throw Error(code, what + file.string() + ": " + (circles ? "cyclic page references" : e.what()), remedy);
}

/// A read-only connection that also works without write permission: SQLite needs a shared-memory file beside a WAL
/// database and cannot create one there; nobody is writing then, so the file may be read as immutable.
SQLite::Database connect_for_reading(const fs::path& file, StepBudget& budget) {
    try {
        SQLite::Database plain(file.string(), SQLite::OPEN_READONLY, kBusyMilliseconds);
        budget.watch(plain.getHandle());
        SQLite::Statement(plain, "SELECT count(*) FROM sqlite_schema").executeStep();
        return plain;
    } catch (const SQLite::Exception& e) {
        if (e.getErrorCode() != SQLITE_CANTOPEN && e.getErrorCode() != SQLITE_READONLY) throw;
        // Changes pending in the log would be missed: an error is better than a wrong result.
        std::error_code error;
        const auto waiting = fs::file_size(file.string() + "-wal", error);
        if (!error && waiting > 0) throw;
    }
    SQLite::Database immutable(immutable_uri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI, kBusyMilliseconds);
    budget.watch(immutable.getHandle());
    return immutable;
}

}  // namespace

Database::Database(const fs::path& file, Access access, const FileKind& kind)
    : file_(file), kind_(kind), budget_(file), connection_(connect(access)) {
    run([&] { configure(access); });
}

SQLite::Database Database::connect(Access access) {
    require_harmless_company(file_, kind_);
    errno = 0;
    try {
        if (access == Access::read_only) return connect_for_reading(file_, budget_);
        const int flags = SQLite::OPEN_READWRITE | (access == Access::create ? SQLite::OPEN_CREATE : 0);
        SQLite::Database writable(file_.string(), flags, kBusyMilliseconds);
        if (access == Access::inspect) budget_.watch(writable.getHandle());
        return writable;
    } catch (const SQLite::Exception& e) {
        throw_error(e, errno, file_, kind_);
    }
}

void Database::configure(Access access) {
    sqlite3* handle = connection_.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    connection_.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON");
    if (access == Access::read_only || access == Access::inspect) {
        connection_.exec("PRAGMA query_only = ON; PRAGMA cache_size = -16384");
        return;
    }
    if (kind_.single_file) {
        // EXTRA also syncs the folder after the journal is removed: the commit then survives a power failure.
        connection_.exec("PRAGMA synchronous = EXTRA");
        SQLite::Statement(connection_, "PRAGMA journal_mode = DELETE").executeStep();
        return;
    }
    // At the paper's size, text look-ups are spread over a file of half a gigabyte; small projects use only as much
    // cache as they need. One checkpoint per 64 MB of log, as each waits for the disk twice and first captions come in
    // small transactions.
    connection_.exec(
        "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 16384; "
        "PRAGMA journal_size_limit = 67108864");
    // If a file system has no shared memory, SQLite keeps its rollback journal, which is equally safe.
    SQLite::Statement(connection_, "PRAGMA journal_mode = WAL").executeStep();
}

// SQLite passes on the system's error only on some paths; on the others the thread's errno still has it.
void Database::fail(const SQLite::Exception& e, int system_error) const {
    const int passed_on = sqlite3_system_errno(connection_.getHandle());
    throw_error(e, means_no_space(passed_on) ? passed_on : system_error, file_, kind_);
}

Query Database::query(std::string_view sql) {
    auto at = statements_.find(sql);
    if (at == statements_.end()) {
        at = statements_
                 .emplace(std::piecewise_construct, std::forward_as_tuple(sql),
                          std::forward_as_tuple(connection_, std::string(sql)))
                 .first;
    }
    if (queries_in_use_ == 0) budget_.renew();
    return Query(at->second, queries_in_use_);
}

void Database::execute(const std::string& sql) {
    budget_.renew();
    run([&] { connection_.exec(sql); });
}

int64_t Database::value(const std::string& sql) {
    budget_.renew();
    return run([&] {
        SQLite::Statement statement(connection_, sql);
        return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
    });
}

void Database::quick_check() {
    budget_.renew();
    const std::string found = run([&] {
        SQLite::Statement statement(connection_, "PRAGMA quick_check(1)");
        return statement.executeStep() ? statement.getColumn(0).getString() : std::string("no answer");
    });
    if (found != "ok") {
        throw Error(ErrorCode::damaged,
                    std::string("This ") + kind_.noun + " is damaged: " + file_.string() + ": " + found,
                    kind_.damaged_remedy);
    }
}

}  // namespace rest::store
