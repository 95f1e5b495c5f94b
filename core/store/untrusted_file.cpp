// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/untrusted_file.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <fstream>
#include <string>

#include "core/base/error.h"
#include "core/store/database.h"

namespace rest::store {
namespace {

namespace fs = std::filesystem;

constexpr int kStepsBetweenCalls = 1000;

/// 0 if the file does not exist.
uintmax_t bytes_of(const std::string& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? static_cast<uintmax_t>(status.st_size) : 0;
}

void require_plain_or_absent(const fs::path& file, const FileKind& kind) {
    std::error_code error;
    const auto status = fs::symlink_status(file, error);
    if (!fs::exists(status) || fs::is_regular_file(status)) return;
    throw Error(ErrorCode::unsupported,
                file.string() + " is no plain file; what is written to the " + kind.noun + " would go elsewhere",
                "Remove it, and ask whoever gave you the folder what it is for.");
}

/// A journal ends with: ..., length of the name, checksum, magic number, if it names a super-journal.
bool names_super_journal(const fs::path& journal) {
    constexpr std::array<char, 8> kMagic{'\xd9', '\xd5', '\x05', '\xf9', '\x20', '\xa1', '\x63', '\xd7'};
    std::ifstream in(journal, std::ios::binary);
    std::array<char, kMagic.size()> end{};
    in.seekg(-static_cast<std::streamoff>(end.size()), std::ios::end);
    return in.read(end.data(), end.size()) && end == kMagic;
}

}  // namespace

void require_harmless_company(const fs::path& database, const FileKind& kind) {
    for (const char* suffix : {"-journal", "-wal", "-shm"}) require_plain_or_absent(database.string() + suffix, kind);
    const fs::path journal = database.string() + "-journal";
    if (!names_super_journal(journal)) return;
    throw Error(ErrorCode::damaged, journal.string() + " is no journal of ours: it names another file",
                kind.damaged_remedy);
}

StepBudget::StepBudget(const fs::path& database) : database_(database.string()), log_(database_ + "-wal") {
    renew();
}

void StepBudget::renew() {
    // Loading and comparing one of our schemas takes less than a thousand steps; reading and checking a row of a
    // hundred bytes takes some hundred.
    constexpr uintmax_t kForSchema = 20'000, kLeast = 1'000'000, kPerByte = 64;
    const uintmax_t steps = schema_known_ ? kLeast + kPerByte * (bytes_of(database_) + bytes_of(log_)) : kForSchema;
    calls_left_ = steps / kStepsBetweenCalls;
}

void StepBudget::watch(sqlite3* connection) {
    const auto spend = [](void* left) {
        auto& calls = *static_cast<uintmax_t*>(left);
        if (calls > 0) --calls;
        return calls == 0 ? 1 : 0;
    };
    sqlite3_progress_handler(connection, kStepsBetweenCalls, spend, &calls_left_);
}

}  // namespace rest::store
