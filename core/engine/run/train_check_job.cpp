// SPDX-License-Identifier: GPL-3.0-or-later
// What is worth knowing before a long run starts.
#include <fmt/format.h>

#include <chrono>

#include "core/base/atomic_file.h"
#include "core/engine/inference/evaluation_step.h"
#include "core/engine/run/train_check_job.h"
#include "core/engine/run/training_memory.h"
#include "core/kernels/device_memory.h"
#include "core/training/epoch.h"

namespace rest::engine {
namespace {

class TrainCheckJob final : public Job {
  public:
    TrainCheckJob(TrainCheckParams params, std::function<void(const TrainCheck&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return "Check before training"; }

    std::string run(JobContext& context) override {
        TrainCheck check;
        try {
            look(check, context);
        } catch (const Error& e) {
            check.problems.push_back(e.full_text());
        }
        done_(check);
        return check.problems.empty() ? "Ready to train"
                                      : fmt::format("{} problems forbid the start", check.problems.size());
    }

  private:
    void look(TrainCheck& check, JobContext& context) {
        const auto& s = params_.train.settings;
        check_settings(s);
        const store::Project project = store::Project::open(params_.train.project, store::OpenMode::read_only);
        const auto train = training_videos(project, s.supervision, context);
        check.train_videos = std::ssize(train);
        check.labelled_val_videos = std::ssize(evaluation_clips(project, s.supervision.test_list).videos);
        if (check.labelled_val_videos == 0)
            check.notes.push_back("No labelled val videos: CLIP-TAM will not be measured.");
        if (s.supervision.learn_from == LearnFrom::captions && s.retrieval.neighbours > check.train_videos) {
            check.notes.push_back(fmt::format(
                "H = {} is more than the {} videos: every video is every other's neighbour, so captions are "
                "retrieved from unlike videos too. The paper keeps 1 in 100.",
                s.retrieval.neighbours, check.train_videos));
        }
        const auto machine = prepare_machine(s.machine);
        check.device = machine.description();
        auto captioner =
            load_captioner(starting_captioner(project.models(), s.supervision), s.clips, s.optimisation.seed, machine);
        const auto clip =
            load_clip(clip_folder(project.models()), s.clips.image_size, machine);  // stays beside it, as in a run
        estimate(check, captioner, machine, project);
        if (params_.trial_batches) time_batches(check, captioner, machine, project, train, context);
    }

    void estimate(TrainCheck& check, const Captioner& captioner, const Machine& machine,
                  const store::Project& project) const {
        const auto& s = params_.train.settings;
        int64_t parameters = 0;
        for (const auto& [name, tensor] : captioner.model.weights) parameters += tensor.numel();
        const int64_t micro = s.optimisation.micro_batch > 0 ? s.optimisation.micro_batch : s.optimisation.batch_size;
        const auto memory = training_memory(captioner.model.sizes, s.clips.frames, parameters, machine);
        check.memory_bytes = memory.of(micro);
        kernels::release_device_blocks();
        if (const auto device = kernels::device_memory(machine.device)) {
            const int64_t weights = 4 * parameters;  // of the estimate, and there already
            if (const auto note = short_memory_note(memory, micro, device->free + weights); !note.empty())
                check.notes.push_back(note);
        }
        constexpr int64_t kFrameBytes = 30000;  // a 256-pixel JPEG of quality 95
        check.disk_bytes = (check.train_videos + check.labelled_val_videos) * s.clips.frames * kFrameBytes +
                           (s.machine.keep_checkpoints + 1) * 12 * parameters;
        const auto free = static_cast<int64_t>(free_space(project.folder()));
        if (free < check.disk_bytes) {
            check.problems.push_back(fmt::format("About {:.1f} GB of disk are needed and {:.1f} GB are free at {}",
                                                 static_cast<double>(check.disk_bytes) / 1e9,
                                                 static_cast<double>(free) / 1e9, project.folder().string()));
        }
    }

    /// Two batches, the second timed; on a copy of the weights that is thrown away.
    void time_batches(TrainCheck& check, Captioner& captioner, const Machine& machine, const store::Project& project,
                      const std::vector<store::VideoRecord>& train, JobContext& context) const {
        const auto& s = params_.train.settings;
        const ClipStore clips(clip_store_settings(project, s.clips.frames, captioner.model.sizes.vision.image), train);
        auto flat = training::make_trainable(captioner.model);
        training::AdamW optimiser(flat, {});
        const auto prompt = prompt_ids(captioner.tokenizer, s.generation.train_prompt);
        std::vector<training::TrainExample> examples;
        for (int64_t i = 0; i < 2 * s.optimisation.batch_size; ++i) {
            training::TrainExample example{i % clips.size(), prompt};
            example.ids.insert(example.ids.end(), 10, captioner.tokenizer.sep());
            examples.push_back(std::move(example));
        }
        training::EpochSettings e{.batch_size = s.optimisation.batch_size,
                                  .micro_batch = s.optimisation.micro_batch,
                                  .frames = s.clips.frames,
                                  .prompt_length = static_cast<int64_t>(prompt.size()),
                                  .bf16 = machine.bf16,
                                  .device = machine.device};
        e.schedule = {s.optimisation.minimal_learning_rate, s.optimisation.minimal_learning_rate, 2};
        double clips_per_second = 0;
        context.begin("Trial batches", "batches", 2);
        training::train_epoch(
            captioner.model, optimiser, examples,
            [&](std::span<const training::TrainExample> batch, const torch::Tensor& to) {
                std::vector<int64_t> indices;
                for (const auto& example : batch) indices.push_back(example.video);
                clips.test_views(indices, to);
            },
            e, context, [&](const training::BatchReport& report) { clips_per_second = report.clips_per_second; });
        check.seconds = static_cast<double>(s.optimisation.epochs * check.train_videos) / clips_per_second;
    }

    TrainCheckParams params_;
    std::function<void(const TrainCheck&)> done_;
};

}  // namespace

std::unique_ptr<Job> make_train_check_job(const TrainCheckParams& params, std::function<void(const TrainCheck&)> done) {
    return std::make_unique<TrainCheckJob>(params, std::move(done));
}

}  // namespace rest::engine
