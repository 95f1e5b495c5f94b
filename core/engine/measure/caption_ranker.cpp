// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/caption_ranker.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>
#include <unordered_map>

#include "core/base/exact_dot.h"
#include "core/engine/inference/evaluation_step.h"
#include "core/engine/inference/video_features.h"

namespace rest::engine {
namespace {

constexpr size_t kNamesAtOnce = 64;

/// CLIP and the features of class names encoded so far, for one folder and one list of templates. Ranker's thread only.
class Ranking {
  public:
    explicit Ranking(Task& task) : task_(task) {}

    CaptionRanking of(const RankRequest& request) {
        if (request.classes.empty())
            throw Error(ErrorCode::invalid_argument, "There are no class names to rank", "Add some.");
        if (request.templates.empty())
            throw Error(ErrorCode::invalid_argument, "There is no template for class names", "Use {}.");
        load(request);
        encode(request.classes);
        const auto caption = to_matrix(encode_texts(*clip_, {request.caption}, machine_, task_));
        CaptionRanking out{.caption = request.caption};
        for (size_t i = 0; i < request.classes.size(); ++i) {
            const auto& name = known_.at(request.classes[i]);
            out.classes.push_back(
                {static_cast<int>(i), exact_dot(caption.row(0).data(), name.data(), caption.cols), 0});
        }
        std::ranges::stable_sort(out.classes, std::ranges::greater(), &RankedClass::cosine);
        for (size_t i = 0; i + 1 < out.classes.size(); ++i)
            out.classes[i].margin = out.classes[i].cosine - out.classes[i + 1].cosine;
        return out;
    }

  private:
    void load(const RankRequest& request) {
        if (clip_ && folder_ == request.clip && templates_ == request.templates) return;
        known_.clear();
        if (!clip_ || folder_ != request.clip) {
            clip_.reset();
            constexpr int64_t kOwnImageSize = 0;  // no images are encoded
            machine_ = prepare_machine({.device = "cpu"});
            clip_ = load_clip(clip_folder({.clip = request.clip.string()}), kOwnImageSize, machine_);
        }
        folder_ = request.clip;
        templates_ = request.templates;
    }

    /// In small groups, so that the program can exit meanwhile and finished features are kept.
    void encode(const std::vector<std::string>& classes) {
        std::vector<std::string> missing;
        for (const auto& name : classes) {
            if (!known_.contains(name) && std::ranges::find(missing, name) == missing.end()) missing.push_back(name);
        }
        for (size_t first = 0; first < missing.size(); first += kNamesAtOnce) {
            task_.check();
            const std::span names(missing.data() + first, std::min(kNamesAtOnce, missing.size() - first));
            const auto features = class_features(*clip_, names, templates_, machine_, task_);
            for (size_t i = 0; i < names.size(); ++i) {
                const auto row = features.row(static_cast<int64_t>(i));
                known_.emplace(names[i], std::vector<float>(row.begin(), row.end()));
            }
        }
    }

    Task& task_;
    std::filesystem::path folder_;
    std::vector<std::string> templates_;
    Machine machine_;
    std::optional<ClipNetwork> clip_;
    std::unordered_map<std::string, std::vector<float>> known_;
};

Problem problem_of(const Error& error, const RankRequest& request) {
    return {error.code(), request.clip.string(), error.what(), error.remedy()};
}

}  // namespace

struct CaptionRanker::Impl {
    struct Asked {
        RankRequest request;
        Done done;
    };

    void work() {
        Ranking ranking(task);
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [this] { return ending || next; });
            if (ending) return;
            const Asked asked = std::move(*next);
            next.reset();
            lock.unlock();
            const auto answer = answer_to(ranking, asked.request);
            lock.lock();
            if (ending) return;
            if (next) continue;
            lock.unlock();
            asked.done(answer);
            lock.lock();
        }
    }

    static Expected<CaptionRanking> answer_to(Ranking& ranking, const RankRequest& request) {
        try {
            return ranking.of(request);
        } catch (const Error& error) {
            return tl::unexpected(problem_of(error, request));
        } catch (const Cancelled&) {
            return tl::unexpected(Problem{});  // nobody receives it
        } catch (const std::exception& error) {
            return tl::unexpected(problem_of(Error(ErrorCode::unsupported, error.what()), request));
        }
    }

    SilentTask task;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Asked> next;  // guarded by mutex, like `ending`
    bool ending = false;
    std::thread thread;
};

CaptionRanker::CaptionRanker() : impl_(std::make_unique<Impl>()) {
    impl_->thread = std::thread([impl = impl_.get()] { impl->work(); });
}

CaptionRanker::~CaptionRanker() {
    {
        std::lock_guard lock(impl_->mutex);
        impl_->ending = true;
    }
    impl_->task.control.cancel();
    impl_->changed.notify_one();
    impl_->thread.join();
}

void CaptionRanker::rank(RankRequest request, Done done) {
    {
        std::lock_guard lock(impl_->mutex);
        impl_->next = Impl::Asked{std::move(request), std::move(done)};
    }
    impl_->changed.notify_one();
}

}  // namespace rest::engine
