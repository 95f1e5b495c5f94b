// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include "core/study/schema.h"
#include "core/study/study_impl.h"

namespace rest::study {

namespace fs = std::filesystem;

namespace {

void require_absent(const fs::path& file) {
    if (!fs::exists(fs::symlink_status(file))) return;
    throw Error(ErrorCode::invalid_argument, "There is a file " + file.string() + " already",
                "Choose another name for the study.");
}

}  // namespace

std::string file_problem(const StudyClip& clip) {
    if (clip.path.empty()) return "The clip is not in this file.";
    std::error_code error;
    const auto size = fs::file_size(clip.path, error);
    if (error) return "The clip's file is not there any more.";
    if (static_cast<int64_t>(size) != clip.file_bytes) return "The clip's file has changed since the study was set up.";
    return "";
}

Study::Impl::Impl(fs::path file_, store::OpenMode mode_, store::Access access)
    : file(std::move(file_)), mode(mode_), db(file, access, study::kFileKind) {}

void Study::Impl::require_writer() const {
    if (mode == store::OpenMode::read_write) return;
    throw Error(ErrorCode::invalid_argument, "The study " + file.string() + " was opened for reading only");
}

bool Study::Impl::trusts_paths() const {
    const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
    return folder.filename() == "studies" && store::Project::is_project(folder.parent_path());
}

Study::Study(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Study::Study(Study&&) noexcept = default;
Study& Study::operator=(Study&&) noexcept = default;
Study::~Study() = default;

Study Study::create(const fs::path& file, const StudyInfo& info, std::span<const StudyClip> clips) {
    require_absent(file);
    if (clips.empty() || info.settings.answers_per_clip < 1 || info.settings.minimum_viewing_ms < 0) {
        throw Error(ErrorCode::invalid_argument,
                    "A study of " + std::to_string(clips.size()) + " clips with " +
                        std::to_string(info.settings.answers_per_clip) + " answers each and " +
                        std::to_string(info.settings.minimum_viewing_ms) + " ms of viewing",
                    "Give at least one clip, one answer each, and no negative time.");
    }
    try {
        auto impl = std::make_unique<Impl>(file, store::OpenMode::read_write, store::Access::create);
        study::make_schema(impl->db);
        impl->db.transaction([&] {
            impl->write_info(info);
            for (const auto& clip : clips) impl->write_clip(clip);
        });
        impl->read_info();
        impl->read_clips();
        return Study(std::move(impl));
    } catch (...) {
        std::error_code ignored;
        fs::remove(file, ignored);
        throw;
    }
}

Study Study::open(const fs::path& file, store::OpenMode mode) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
        throw Error(ErrorCode::not_found, "There is no study " + file.string(), "Check the path.");
    }
    // A read-only check first: a file that is not ours must not be changed.
    auto impl = std::make_unique<Impl>(file, store::OpenMode::read_only, store::Access::inspect);
    study::check_file(impl->db, file);
    if (mode == store::OpenMode::read_write) impl = std::make_unique<Impl>(file, mode, store::Access::read_write);
    impl->read_info();
    impl->read_clips();
    return Study(std::move(impl));
}

const fs::path& Study::file() const {
    return impl_->file;
}
const StudyInfo& Study::info() const {
    return impl_->info;
}
const std::vector<StudyClip>& Study::clips() const {
    return impl_->clips;
}

const StudyClip& Study::clip(int64_t id) const {
    const auto at = impl_->index.find(id);
    if (at != impl_->index.end()) return impl_->clips[at->second];
    throw Error(ErrorCode::not_found, "The study " + impl_->file.string() + " has no clip " + std::to_string(id));
}

ClipSource Study::source(int64_t id) const {
    const StudyClip& wanted = clip(id);
    ClipSource source;
    impl_->db.run([&] {
        auto query = impl_->db.query("SELECT content FROM clip_files WHERE clip = ?1");
        if (query.with(id).next()) source.bytes = query.text(0);
    });
    if (!source.bytes.empty()) return source;
    source.path = wanted.path;
    source.problem = file_problem(wanted);
    return source;
}

void Study::put_clip_bytes(int64_t id, const std::string& bytes) {
    impl_->require_writer();
    clip(id);
    if (std::ssize(bytes) > study::kMaxClipBytes) {
        throw Error(
            ErrorCode::invalid_argument,
            "Clip " + std::to_string(id) + " takes " + std::to_string(bytes.size()) + " bytes, more than 64 MiB",
            "Cut the clip shorter, or make the exported clips smaller.");
    }
    impl_->db.transaction([&] {
        auto query = impl_->db.query("INSERT OR REPLACE INTO clip_files (clip, content) VALUES (?1, ?2)");
        query.with(id).blob(2, bytes).run();
    });
}

}  // namespace rest::study
