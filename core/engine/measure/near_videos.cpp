// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/near_videos.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/base/exact_dot.h"
#include "core/base/strings.h"
#include "core/engine/inference/features_key.h"
#include "core/engine/run/run_start.h"
#include "core/store/feature_file.h"

namespace rest::engine {

struct NearVideos::Impl {
    std::filesystem::path file;
    std::string key;
    std::vector<store::VideoId> videos;  // of the rows
    std::unordered_map<store::VideoId, int64_t> rows;
    int64_t neighbours = 0;
};

namespace {

namespace fs = std::filesystem;

/// The key of the CLIP that a run retrieved with: it stands before " texts N" in the file of its newest step's
/// captions.
std::optional<std::string> clip_key_of(const store::Project& project, const store::RunRecord& run) {
    for (int step = run.step; step >= 0 && step > run.step - 100; --step) {
        const auto texts =
            store::FeatureScan::open(project.features_dir() / fmt::format("run_{}_step_{}.features", run.id, step));
        if (!texts) continue;
        if (const auto end = texts->key().rfind(" texts "); end != std::string::npos)
            return texts->key().substr(0, end);
    }
    return std::nullopt;
}

Problem no_features(const fs::path& file, std::string message) {
    return {ErrorCode::not_found, file.string(), std::move(message),
            "They are computed again when the run goes on, or when another run of the same clips begins."};
}

struct Nearer {
    bool operator()(const std::pair<float, int64_t>& a, const std::pair<float, int64_t>& b) const {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    }
};

bool takes_part(std::span<const float> row) {
    return std::ranges::any_of(row, [](float value) { return value != 0; });
}

}  // namespace

NearVideos::NearVideos(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NearVideos::NearVideos(NearVideos&&) noexcept = default;
NearVideos& NearVideos::operator=(NearVideos&&) noexcept = default;
NearVideos::~NearVideos() = default;

int64_t NearVideos::neighbours() const {
    return impl_->neighbours;
}

Expected<NearVideos> NearVideos::open(const store::Project& project, store::RunId id) {
    const fs::path file = project.features_dir() / "videos.features";
    const auto nothing = [&](ErrorCode code, const std::string& message, const std::string& remedy) {
        return tl::unexpected(Problem{code, file.string(), message, remedy});
    };
    const auto run = project.run(id);
    if (!run) return nothing(ErrorCode::not_found, fmt::format("The project has no run {}", id), "Choose another run.");
    if (run->kind != store::RunKind::training)
        return nothing(ErrorCode::unsupported, "A baseline retrieves nothing", "Choose a training.");
    const auto settings = settings_from_json(run->settings_json);
    if (settings.supervision.learn_from == LearnFrom::class_names)
        return nothing(ErrorCode::unsupported, "This run learns from class names: it retrieves nothing",
                       "Choose a run that learns from captions.");
    if (run->step < 0)
        return nothing(ErrorCode::not_found, "This run has not retrieved yet",
                       "Neighbours are known when its first retrieval step is done.");
    const auto start = recall_start(project, id, settings);
    if (!start)
        return nothing(ErrorCode::not_found, "This run is from a program that did not keep which clips it had",
                       "Start a new run.");
    const auto clip = clip_key_of(project, *run);
    if (!clip) return tl::unexpected(no_features(file, "The CLIP features of this run are not there any more"));
    const auto scan = store::FeatureScan::open(file);
    if (!scan || scan->rows() != std::ssize(start->train))
        return tl::unexpected(no_features(file, "The CLIP features of this run's videos are not there any more"));
    // The size of the views stands in the key and need not be known; which videos these are must be right.
    const auto clip_at = [&](int64_t i) -> const store::VideoRecord& { return start->train[static_cast<size_t>(i)]; };
    const std::string which = features_key(0, 0, std::ssize(start->train), clip_at);
    if (!scan->key().starts_with(*clip + " read ") || !scan->key().ends_with(which.substr(which.rfind(" videos "))))
        return tl::unexpected(
            no_features(file, "The CLIP features kept are those of another run, with other videos or another CLIP"));
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->key = scan->key();
    for (const auto& video : start->train) {
        impl->rows.emplace(video.id, std::ssize(impl->videos));
        impl->videos.push_back(video.id);
    }
    impl->neighbours = std::clamp<int64_t>(settings.retrieval.neighbours, 1, std::ssize(impl->videos)) - 1;
    return NearVideos(std::move(impl));
}

Expected<Nearness> NearVideos::find(store::VideoId video, int64_t count, std::span<const store::VideoId> others,
                                    Task& task) const {
    const auto at = impl_->rows.find(video);
    if (at == impl_->rows.end()) {
        return tl::unexpected(Problem{ErrorCode::not_found, impl_->file.string(),
                                      "This video is none of those that the run learns from",
                                      "Choose one of its train videos."});
    }
    auto scan = store::FeatureScan::open(impl_->file);
    if (!scan || scan->key() != impl_->key)
        return tl::unexpected(no_features(impl_->file, "The CLIP features of this run have been replaced meanwhile"));
    const auto own = scan->row(at->second);
    if (own.empty() || !takes_part(own)) {
        return tl::unexpected(Problem{ErrorCode::damaged, impl_->file.string(),
                                      "This video could not be read when the run retrieved: it took no part", ""});
    }
    std::unordered_map<int64_t, float> wanted;  // by row
    for (const auto other : others) {
        if (const auto found = impl_->rows.find(other); found != impl_->rows.end()) wanted.emplace(found->second, 0);
    }
    std::vector<std::pair<float, int64_t>> heap;  // the farthest on top
    const bool intact = scan->visit([&](int64_t i, std::span<const float> row) {
        if (i % 1024 == 0) task.check();
        if (!takes_part(row)) return void(wanted.erase(i));
        const float similarity = exact_dot(own.data(), row.data(), scan->cols());
        if (const auto asked = wanted.find(i); asked != wanted.end()) asked->second = similarity;
        if (i == at->second || count <= 0) return;
        heap.emplace_back(similarity, i);
        std::ranges::push_heap(heap, Nearer());
        if (std::ssize(heap) <= count) return;
        std::ranges::pop_heap(heap, Nearer());
        heap.pop_back();
    });
    if (!intact) return tl::unexpected(no_features(impl_->file, impl_->file.string() + " is damaged"));
    std::ranges::sort_heap(heap, Nearer());
    Nearness out;
    for (const auto& [similarity, row] : heap) out.nearest.push_back({impl_->videos[row], similarity});
    for (const auto other : others) {
        const auto row = impl_->rows.find(other);
        if (row == impl_->rows.end()) continue;
        if (const auto found = wanted.find(row->second); found != wanted.end())
            out.others.push_back({other, found->second});
    }
    return out;
}

}  // namespace rest::engine
