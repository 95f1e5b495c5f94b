// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/engine/inference/caption_job.h"
#include "core/engine/inference/caption_maker.h"
#include "core/engine/inference/clip_batches.h"
#include "core/engine/inference/clip_store.h"

namespace rest::engine {
namespace {

class CaptionJob final : public Job {
  public:
    CaptionJob(CaptionParams params, std::function<void(std::vector<CaptionResult>)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return fmt::format("Caption {} clips", params_.clips.size()); }

    std::string run(JobContext& context) override {
        const auto machine = prepare_machine(params_.machine);
        const auto captioner = load_captioner(captioner_folder({.captioner = params_.captioner.string(), .clip = {}}),
                                              params_.input, {}, machine);
        for (const auto& line : cautions_of(captioner.source)) context.log(LogLevel::warning, line);
        std::vector<store::VideoRecord> videos;
        for (const auto& clip : params_.clips) videos.push_back({.name = clip.string(), .path = clip.string()});
        ClipStoreSettings settings;
        settings.cache.samples = static_cast<int>(params_.input.frames);
        settings.view = captioner.model.sizes.vision.image;
        settings.check = [&context] { context.check(); };
        const ClipStore clips(settings, std::move(videos));
        auto results = caption(captioner, clips, machine, context);
        const auto unread = clips.unreadable().size();
        done_(std::move(results));
        return fmt::format("{} clips captioned, {} could not be read", params_.clips.size() - unread, unread);
    }

  private:
    std::vector<CaptionResult> caption(const Captioner& captioner, const ClipStore& clips, const Machine& machine,
                                       JobContext& context) const {
        const int64_t at_once = clips_at_once(machine, 8);
        const CaptionMaker captions(captioner, params_.generation, machine, at_once);
        std::vector<CaptionResult> results(clips.size());
        context.begin("Captions", "clips", clips.size());
        const auto indices = all_clips(clips);
        for_each_batch(clips, indices, {at_once, machine.device}, context, [&](const ClipBatch& batch) {
            const auto made = captions.of_clips(batch.views);
            for (size_t i = 0; i < batch.indices.size(); ++i) {
                results[batch.indices[i]] = {
                    .file = clips.video(batch.indices[i]).path, .caption = made[i].text, .score = made[i].score};
            }
        });
        for (const auto& [index, problem] : clips.unreadable()) {
            results[index] = {.file = clips.video(index).path, .problem = problem.message};
        }
        return results;
    }

    CaptionParams params_;
    std::function<void(std::vector<CaptionResult>)> done_;
};

}  // namespace

std::unique_ptr<Job> make_caption_job(const CaptionParams& params,
                                      std::function<void(std::vector<CaptionResult>)> done) {
    return std::make_unique<CaptionJob>(params, std::move(done));
}

}  // namespace rest::engine
