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

    /// A folder whose path cannot be resolved (a parent that may not be read) is known by the path it was given by.
    static std::filesystem::path identity_of(const std::filesystem::path& folder) {
        std::error_code error;
        auto resolved = std::filesystem::canonical(folder, error);
        return error ? folder : resolved;
    }

    static std::filesystem::path database_file(const std::filesystem::path& folder) {
        return folder / "project.sqlite";
    }
    static std::filesystem::path lock_file(const std::filesystem::path& folder) { return folder / "project.lock"; }

    /// Throws Error (invalid_argument) for an object opened for reading.
    void require_writer() const;
    /// Throws Error (not_found) naming the run and the project.
    [[noreturn]] void no_such_run(RunId run) const;
    /// The steps (or epochs) there are in a clustered table, ascending, by hopping over them.
    std::vector<int> distinct(std::string_view next_above, RunId run);
    std::optional<std::string> named_value(std::string_view sql, const std::string& name);

    /// A number from the file as an enum with values 0 to `last`; CHECKs of the schema do not bind other programs.
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
