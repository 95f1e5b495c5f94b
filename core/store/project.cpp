// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/project.h"

#include "core/base/file_error.h"
#include "core/store/project_impl.h"
#include "core/store/schema.h"

namespace rest::store {

namespace fs = std::filesystem;

namespace {

void make_folders(const fs::path& folder) {
    for (const char* part : {"features", "checkpoints", "frames"}) make_folder(folder / part);
}

fs::path without_trailing_slash(const fs::path& folder) {
    const fs::path normal = fs::absolute(folder).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

/// Folders from others may contain links, through which we would write elsewhere.
void require_no_links(const fs::path& folder) {
    for (const char* part : {"project.sqlite", "project.lock", "features", "checkpoints", "frames"}) {
        std::error_code error;
        if (!fs::is_symlink(fs::symlink_status(folder / part, error))) continue;
        throw Error(ErrorCode::unsupported, (folder / part).string() + " is a link, which a project must not hold",
                    "Move what it leads to into the project, or mount it there.");
    }
}

void require_project(const fs::path& folder) {
    require_no_links(folder);
    if (Project::is_project(folder)) return;
    throw Error(ErrorCode::not_found, "There is no project in " + folder.string() + " (no project.sqlite)",
                "Choose a folder NAME.rest, or make a new project.");
}

constexpr const char* kPutSetting =
    "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr const char* kPutProject =
    "INSERT INTO project (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr const char* kGetProject = "SELECT value FROM project WHERE name = ?1";

}  // namespace

void Project::Impl::require_writer() const {
    if (mode == OpenMode::read_write) return;
    throw Error(ErrorCode::invalid_argument, "The project " + folder.string() + " was opened for reading only");
}

std::vector<int> Project::Impl::distinct(std::string_view next_above, RunId run) {
    std::vector<int> found;
    auto query = db.query(next_above);
    for (int above = std::numeric_limits<int>::min(); query.with(run, above).next();) {
        above = query.number(0);
        found.push_back(above);
    }
    return found;
}

std::optional<std::string> Project::Impl::named_value(std::string_view sql, const std::string& name) {
    return db.run([&]() -> std::optional<std::string> {
        auto query = db.query(sql);
        if (!query.with(name).next()) return std::nullopt;
        return query.text(0);
    });
}

Project::Project(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

Project Project::create(const fs::path& where, const ProjectModels& models) {
    fs::path folder = without_trailing_slash(where);
    if (folder.extension() != ".rest") folder += ".rest";
    if (fs::exists(fs::symlink_status(folder))) {
        throw Error(ErrorCode::invalid_argument, "There is something at " + folder.string() + " already",
                    "Choose another name, or open the project that is there.");
    }
    try {
        make_folders(folder);
        auto lock = std::make_unique<ProjectLock>(Impl::lock_file(folder));
        auto impl = std::make_unique<Impl>(folder, OpenMode::read_write, std::move(lock), Access::create);
        make_schema(impl->db);
        Project project(std::move(impl));
        project.set_models(models);
        return project;
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
        throw;
    }
}

Project Project::open(const fs::path& where, OpenMode mode) {
    const fs::path folder = without_trailing_slash(where);
    require_project(folder);
    const fs::path file = Impl::database_file(folder);
    if (mode == OpenMode::read_only) {
        auto impl = std::make_unique<Impl>(folder, mode, nullptr, Access::read_only);
        const bool current = check_schema(impl->db, file) == static_cast<int64_t>(schema_steps().size());
        if (current) return Project(std::move(impl));
        impl.reset();
        open(folder, OpenMode::read_write);
        return open(folder, OpenMode::read_only);
    }
    auto lock = std::make_unique<ProjectLock>(Impl::lock_file(folder));
    // A read-only check first: a file that is not ours must not be changed, not even to WAL.
    {
        Database look(file, Access::read_only);
        check_schema(look, file);
    }
    auto impl = std::make_unique<Impl>(folder, mode, std::move(lock), Access::read_write);
    impl->db.quick_check();
    migrate(impl->db, check_schema(impl->db, file));
    make_folders(folder);
    return Project(std::move(impl));
}

bool Project::is_project(const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(Impl::database_file(folder), error);
}

const fs::path& Project::folder() const {
    return impl_->folder;
}
const fs::path& Project::identity() const {
    return impl_->identity;
}
fs::path Project::features_dir() const {
    return impl_->folder / "features";
}
fs::path Project::frames_dir() const {
    return impl_->folder / "frames";
}

fs::path Project::checkpoints_dir(RunId run) const {
    const fs::path dir = impl_->folder / "checkpoints" / ("run_" + std::to_string(run));
    if (impl_->mode == OpenMode::read_write) make_folder(dir);
    return dir;
}

ProjectModels Project::models() const {
    return {impl_->named_value(kGetProject, "captioner").value_or(""),
            impl_->named_value(kGetProject, "clip").value_or("")};
}

void Project::set_models(const ProjectModels& models) {
    impl_->write([&] {
        auto query = impl_->db.query(kPutProject);
        query.with("captioner", models.captioner).run();
        query.with("clip", models.clip).run();
    });
}

std::string Project::kind() const {
    return impl_->named_value(kGetProject, "kind").value_or("");
}

void Project::set_kind(const std::string& kind) {
    impl_->write([&] { impl_->db.query(kPutProject).with("kind", kind).run(); });
}

void Project::set_setting(const std::string& name, const std::string& value) {
    impl_->write([&] { impl_->db.query(kPutSetting).with(name, value).run(); });
}

std::optional<std::string> Project::setting(const std::string& name) const {
    return impl_->named_value("SELECT value FROM settings WHERE name = ?1", name);
}

}  // namespace rest::store
