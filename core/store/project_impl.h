// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>

#include "core/store/database.h"
#include "core/store/lock.h"
#include "core/store/project.h"

namespace rest::store {

struct Project::Impl {
    std::filesystem::path folder;
    std::filesystem::path identity;
    OpenMode mode;
    std::unique_ptr<ProjectLock> lock;  // of a writer
    Database db;

    Impl(std::filesystem::path folder_, OpenMode mode_, std::unique_ptr<ProjectLock> lock_, Access access)
        : folder(std::move(folder_)),
          identity(identity_of(folder)),
          mode(mode_),
          lock(std::move(lock_)),
          db(database_file(folder), access) {}

    /// A folder whose path cannot be resolved (an unreadable parent) is identified by the path that was given.
    static std::filesystem::path identity_of(const std::filesystem::path& folder) {
        std::error_code error;
        auto resolved = std::filesystem::canonical(folder, error);
        return error ? folder : resolved;
    }

    static std::filesystem::path database_file(const std::filesystem::path& folder) {
        return folder / "project.sqlite";
    }
    static std::filesystem::path lock_file(const std::filesystem::path& folder) { return folder / "project.lock"; }

    /// Throws Error (invalid_argument) for a read-only object.
    void require_writer() const;
    /// Throws Error (not_found) naming the run and the project.
    [[noreturn]] void no_such_run(RunId run) const;
    /// The distinct steps (or epochs) in a clustered table, ascending, found by skip scan.
    std::vector<int> distinct(std::string_view next_above, RunId run);
    std::optional<std::string> named_value(std::string_view sql, const std::string& name);

    /// A number from the file as an enum with values 0 to `last`; other programs may ignore the schema's CHECKs.
    template <class Enum>
    Enum enum_value(int value, Enum last) const {
        if (value >= 0 && value <= static_cast<int>(last)) return static_cast<Enum>(value);
        throw Error(ErrorCode::damaged, folder.string() + " holds the unknown code " + std::to_string(value),
                    kDamagedRemedy);
    }

    /// A transaction of a writer.
    template <class Work>
    void write(Work&& work) {
        require_writer();
        db.transaction(std::forward<Work>(work));
    }
};

}  // namespace rest::store
