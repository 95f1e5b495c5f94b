// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/get_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/file_error.h"
#include "core/base/file_lock.h"
#include "core/models/check_files.h"
#include "core/models/download_file.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

/// One call of get_model().
class Getting {
  public:
    Getting(const GetRequest& request, Task& task)
        : request_(request),
          task_(task),
          client_(request.hub, task),
          folder_(request.places.store / request.entry.name),
          gathering_(download_folder(request.places, request.entry.name)) {}

    GotModel run() {
        if (const auto here = look_here()) return *here;
        if (request_.hub.offline) refuse_offline();
        const auto parent = gathering_.parent_path();
        make_folder(parent);
        const FileLock lock(lock_file(request_.places, request_.entry.name), "The model " + request_.entry.name);
        if (const auto here = look_here()) return *here;  // another program downloaded it meanwhile
        // Intact files of a damaged model need not be fetched again.
        std::error_code error;
        if (fs::exists(folder_, error) && !fs::exists(gathering_, error)) rename_folder(folder_, gathering_);
        remove_folder(folder_);
        make_folder(gathering_);
        const auto record = plan();
        GotModel got{.outcome = GetOutcome::fetched, .folder = folder_, .fetched_bytes = fetch(record)};
        rename_folder(gathering_, folder_);
        return got;
    }

  private:
    std::optional<GotModel> look_here() {
        const Catalogue only{request_.entry};
        const auto info = find_model(only, request_.places, request_.entry.name);
        if (!info || !info->usable()) {
            if (info && info->state == ModelState::damaged) damage_ = info->problem;
            return std::nullopt;
        }
        if (info->state != ModelState::hub_cache)
            return GotModel{.outcome = GetOutcome::was_here, .folder = info->folder};
        if (std::exchange(cache_is_bad_, false)) return std::nullopt;
        const auto check = check_files(*info, task_);
        if (check.problems.empty()) return GotModel{.outcome = GetOutcome::in_hub_cache, .folder = info->folder};
        cache_is_bad_ = true;  // do not read it a second time
        damage_ = check.problems.front().message;
        task_.log(LogLevel::warning, damage_ + ". " + check.problems.front().remedy);
        return std::nullopt;
    }

    [[noreturn]] void refuse_offline() const {
        const auto& name = request_.entry.name;
        if (!damage_.empty()) {
            throw Error(ErrorCode::damaged,
                        "The model " + name + " is not whole, and HF_HUB_OFFLINE forbids to fetch it: " + damage_,
                        "Unset HF_HUB_OFFLINE and get it again, or copy its files anew.\n" +
                            by_hand(request_.entry, request_.places, request_.hub.endpoint));
        }
        throw Error(ErrorCode::io,
                    "The model " + name + " is not on this machine, and HF_HUB_OFFLINE forbids to fetch it",
                    by_hand(request_.entry, request_.places, request_.hub.endpoint));
    }

    /// The record of an interrupted download; for another commit only files with matching digests are reused.
    std::optional<ModelRecord> begun() const {
        try {
            auto record = read_record(gathering_);
            const bool same = record && record->repo == request_.entry.repo && record->folder.empty() &&
                              (request_.revision == "main" || request_.revision == record->commit);
            if (same && !record->files.empty()) return record;
        } catch (const Error& e) {
            task_.log(LogLevel::warning, std::string(e.what()) + "; the download begins anew");
        }
        return std::nullopt;
    }

    ModelRecord plan() {
        task_.begin("Asking " + request_.hub.endpoint + " about " + request_.entry.repo, "", 0);
        auto info = client_.info(request_.entry.repo, begun() ? begun()->commit : request_.revision);
        ModelRecord record{.repo = info.repo,
                           .commit = info.commit,
                           .endpoint = request_.hub.endpoint,
                           .licence = request_.entry.licence.empty() ? info.licence : request_.entry.licence,
                           .use = request_.entry.use};
        for (const auto& group : request_.entry.files) add_file(record, info, group);
        write_record(gathering_, record);
        tell(record, info);
        return record;
    }

    void add_file(ModelRecord& record, RepoInfo& info, const std::vector<std::string>& group) {
        const auto name = std::ranges::find_if(group, [&](const auto& file) { return info.find(file) != nullptr; });
        if (name == group.end()) {
            std::string names;
            for (const auto& file : group) names += (names.empty() ? "" : " nor ") + file;
            throw Error(ErrorCode::unsupported, info.repo + " has neither " + names + " at commit " + info.commit,
                        "It is no model of a kind that REST Studio reads, or its owner has moved files.");
        }
        if (std::ranges::find(record.files, *name, &RecordedFile::name) != record.files.end()) return;
        RemoteFile file = *info.find(*name);
        client_.complete(file, info.repo, info.commit);
        record.files.push_back({file.name, *file.bytes, file.digest});
    }

    uint64_t arrived(const ModelRecord& record) const {
        uint64_t sum = 0;
        for (const auto& file : record.files) sum += arrived_bytes(gathering_, file);
        return sum;
    }

    void tell(const ModelRecord& record, const RepoInfo& info) {
        const DownloadPlan plan{.name = request_.entry.name,
                                .repo = record.repo,
                                .commit = record.commit,
                                .licence = request_.entry.licence,
                                .hub_licence = info.licence,
                                .licence_page = request_.entry.licence_page,
                                .bytes = record.bytes(),
                                .arrived = arrived(record),
                                .folder = folder_};
        if (request_.before) request_.before(plan);
        const auto needed = plan.bytes - plan.arrived;
        const auto free = free_space(gathering_);
        if (needed <= free) return;
        throw Error(ErrorCode::no_space,
                    fmt::format("{} needs {} more bytes and the disk of {} has {} free", plan.name, needed,
                                request_.places.store.string(), free),
                    "Free some disk space, or set XDG_DATA_HOME to a folder on another disk.");
    }

    /// A file of an earlier attempt is kept if its digest is right, or its size if the hub gives no digest.
    bool is_right(const RecordedFile& file) {
        const auto path = gathering_ / file.name;
        std::error_code error;
        const auto bytes = fs::file_size(path, error);
        if (error) return false;
        const bool right = bytes == file.bytes &&
                           (!file.digest.known() || file_digest(path, file.digest.kind, task_) == file.digest.hex);
        if (!right) fs::remove(path, error);
        return right;
    }

    uint64_t fetch(const ModelRecord& record) {
        std::vector<const RecordedFile*> missing;
        task_.begin("Looking at what has arrived of " + request_.entry.name, "bytes", 0);
        for (const auto& file : record.files) {
            if (!is_right(file)) missing.push_back(&file);
        }
        auto before = record.bytes();
        for (const auto* file : missing) before -= file->bytes - arrived_bytes(gathering_, *file);
        const auto begun_with = before;
        task_.begin("Downloading " + request_.entry.name, "bytes", static_cast<int64_t>(record.bytes()),
                    static_cast<int64_t>(begun_with));
        for (const auto* file : missing) {
            before -= arrived_bytes(gathering_, *file);
            download_file(client_, {record.repo, record.commit, *file, gathering_},
                          [&](uint64_t bytes) { task_.advance(static_cast<int64_t>(before + bytes)); });
            before += file->bytes;
        }
        task_.advance(static_cast<int64_t>(record.bytes()));
        return record.bytes() - std::min(record.bytes(), begun_with);
    }

    const GetRequest& request_;
    Task& task_;
    HubClient client_;
    fs::path folder_;
    fs::path gathering_;
    std::string damage_;
    bool cache_is_bad_ = false;
};

}  // namespace

GotModel get_model(const GetRequest& request, Task& task) {
    return Getting(request, task).run();
}

}  // namespace rest::models
