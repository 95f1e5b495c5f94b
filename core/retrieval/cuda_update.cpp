// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/cuda/gathered_top.h"
#include "core/retrieval/cuda_retrieval.h"
#include "core/retrieval/cuda_tiles.h"

namespace rest::retrieval {
namespace {

constexpr int64_t kSpare = 8;  // captions beyond K: the device breaks ties by id, the host by text
constexpr int64_t kNeighboursAtOnce = int64_t{1} << 24;

/// A tile's best captions, each (videos, kept).
struct Best {
    const float* scores;
    const int32_t* captions;
    const int32_t* holders;
};

class UpdateTiles {
  public:
    UpdateTiles(const UpdateInput& in, int64_t first, int64_t kept, torch::Device device)
        : neighbours_(in.neighbours),
          first_(first),
          h_(in.neighbours.size(1)),
          kept_(kept),
          videos_(std::clamp<int64_t>(kNeighboursAtOnce / std::max<int64_t>(h_, 1), 1, in.neighbours.size(0))),
          video_features_(filled_up(in.videos, 1, device)),
          texts_(filled_up(in.captions, 1, device)) {
        const auto numbers = torch::TensorOptions(device).dtype(torch::kInt32);
        offsets_ = on_device(in.lists.offsets, torch::kInt64, device);
        ids_ = on_device(in.lists.ids, torch::kInt32, device);
        rows_ = torch::empty({videos_, h_}, numbers);
        best_ = torch::empty({3, videos_, kept}, numbers);
        for (auto& rows : pinned_rows_) rows = pinned_numbers({videos_, h_});
        for (auto& best : pinned_best_) best = pinned_numbers({3, videos_, kept});
    }

    int64_t videos() const { return videos_; }

    void queue(const Tile& tile) {
        auto& rows = pinned_rows_[tile.turn];  // no longer in use: the previous tile of this turn was collected
        copy_numbers(neighbours_.data_ptr<int32_t>() + tile.first * h_, tile.count * h_, rows.data_ptr<int32_t>());
        rows_.narrow(0, 0, tile.count).copy_(rows.narrow(0, 0, tile.count), true);
        cuda::gathered_top(described(first_ + tile.first), tile.count, c10::cuda::getCurrentCUDAStream().stream());
        pinned_best_[tile.turn].copy_(best_, true);
        done_[tile.turn].record();
    }

    /// Waits for the tile; its results stay valid until its turn comes again.
    Best best(const Tile& tile) {
        done_[tile.turn].synchronize();
        const int32_t* all = pinned_best_[tile.turn].data_ptr<int32_t>();
        return {reinterpret_cast<const float*>(all), all + videos_ * kept_, all + 2 * videos_ * kept_};
    }

  private:
    template <class T>
    static torch::Tensor on_device(const std::vector<T>& values, torch::ScalarType type, torch::Device device) {
        return torch::from_blob(const_cast<T*>(values.data()), {std::ssize(values)}, type).to(device);
    }

    cuda::GatheredTop described(int64_t first) const {
        cuda::GatheredTop work{};
        work.videos = video_features_.data_ptr<float>();
        work.texts = texts_.data_ptr<float>();
        work.offsets = offsets_.data_ptr<int64_t>();
        work.ids = ids_.data_ptr<int32_t>();
        work.neighbours = rows_.data_ptr<int32_t>();
        work.first = static_cast<int32_t>(first);
        work.d = static_cast<int32_t>(texts_.size(1));
        work.h = static_cast<int32_t>(h_);
        work.kept = static_cast<int32_t>(kept_);
        work.captions = best_.data_ptr<int32_t>() + videos_ * kept_;
        work.scores = reinterpret_cast<float*>(best_.data_ptr<int32_t>());
        work.holders = work.captions + videos_ * kept_;
        return work;
    }

    const torch::Tensor& neighbours_;
    int64_t first_, h_, kept_, videos_;
    torch::Tensor video_features_, texts_, offsets_, ids_;
    torch::Tensor rows_, best_;
    torch::Tensor pinned_rows_[2], pinned_best_[2];
    at::cuda::CUDAEvent done_[2];
};

/// The K best of what the device kept for a video, by score, then byte order; empty if it did not keep enough to
/// decide.
std::optional<std::vector<ScoredCaption>> ordered(const Best& best, int64_t first, int64_t kept, int64_t k,
                                                  std::span<const std::string> texts) {
    std::vector<ScoredCaption> out;
    for (int64_t i = first; i < first + kept && best.captions[i] >= 0; ++i)
        out.push_back({best.captions[i], best.scores[i], best.holders[i]});
    if (std::ssize(out) == kept && out.back().score == out[static_cast<size_t>(k - 1)].score) return {};
    std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
        return a.score > b.score ||
               (a.score == b.score && texts[static_cast<size_t>(a.id)] < texts[static_cast<size_t>(b.id)]);
    });
    out.resize(static_cast<size_t>(std::min(k, std::ssize(out))));
    return out;
}

}  // namespace

std::optional<std::vector<std::vector<ScoredCaption>>> captions_by_kernels(
    const UpdateInput& in, const CaptionUpdateSettings& settings,
    const std::function<std::vector<ScoredCaption>(int64_t video)>& settle, Task& task) {
    const int64_t n = in.neighbours.size(0), kept = settings.k + kSpare;
    if (!kernels_wanted(settings.device) || n == 0 || in.captions.size(0) == 0 || kept > cuda::kMostKept) return {};
    const c10::cuda::CUDAGuard guard(settings.device);
    if (!cuda::gathered_top_takes(rounded_up(in.captions.size(1), 16))) return {};
    UpdateTiles tiles(in, settings.first, kept, settings.device);
    std::vector<std::vector<ScoredCaption>> updated(static_cast<size_t>(n));
    const auto collect = [&](const Tile& tile) {
        const Best best = tiles.best(tile);
        parallel_rows(tile.count, [&](int64_t v) {
            auto list = ordered(best, v * kept, kept, settings.k, in.texts);
            updated[static_cast<size_t>(tile.first + v)] =
                list ? std::move(*list) : settle(settings.first + tile.first + v);
        });
    };
    in_turns(
        n, tiles.videos(), task, [&](const Tile& tile) { tiles.queue(tile); }, collect);
    return updated;
}

}  // namespace rest::retrieval
