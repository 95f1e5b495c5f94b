// SPDX-License-Identifier: GPL-3.0-or-later
// What is worth knowing before a long run starts.
#include <fmt/format.h>

#include <chrono>

#include "core/base/atomic_file.h"
#include "core/engine/inference/evaluation_step.h"
#include "core/engine/run/train_check_job.h"
#include "core/engine/run/training_memory.h"
#include "core/engine/run/trial.h"
#include "core/kernels/device_memory.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kTrialsEnd{10};           // after the start: the whole is promised within fifteen
constexpr int64_t kReadBytes = int64_t{128} << 20;       // of weights that are read for a check
constexpr int64_t kTrialParameters = int64_t{24} << 20;  // of layers that are trained for one

/// Of what a folder or file gives as weights; 0 when it gives none, which reading it then tells of.
int64_t weight_bytes(const fs::path& path) {
    std::error_code error;
    for (const auto& file : {path / "model.safetensors", path / "pytorch_model.bin", path}) {
        if (!fs::is_regular_file(file, error)) continue;
        const auto bytes = fs::file_size(file, error);
        if (!error) return static_cast<int64_t>(bytes);
    }
    return 0;
}

std::string not_read(const fs::path& path) {
    return fmt::format(
        "The {:.1f} GB of {} were not read: its tensors' names and sizes are right, their numbers were "
        "not looked at.",
        static_cast<double>(weight_bytes(path)) / 1e9, path.string());
}

class TrainCheckJob final : public Job {
  public:
    TrainCheckJob(TrainCheckParams params, std::function<void(const TrainCheck&)> done)
        : params_(std::move(params)), done_(std::move(done)) {}

    std::string title() const override { return "Check before training"; }
    bool is_brief() const override { return true; }
    std::filesystem::path project() const override { return params_.train.project; }

    std::string run(JobContext& context) override {
        TrainCheck check;
        deadline_ = std::chrono::steady_clock::now() + kTrialsEnd;
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
        context.check();
        const auto machine = prepare_machine(s.machine);
        check.device = machine.description();
        const auto captioner = starting_captioner(project.models(), s.supervision);
        const auto clip = clip_folder(project.models());
        require_readable(check, captioner, clip, machine);
        context.check();
        auto model = stand_in_for(captioner, s.clips, machine, kTrialParameters);
        estimate(check, model, clip_parameters(clip), machine, project);
        context.check();
        if (params_.trial_batches) time_training(check, model, machine, project, train, context);
    }

    /// What is small enough is read as a run reads it. Of the rest only names and sizes are looked at, so that a check
    /// takes the same time for any model.
    void require_readable(TrainCheck& check, const fs::path& captioner, const fs::path& clip,
                          const Machine& machine) const {
        const auto& s = params_.train.settings;
        if (weight_bytes(captioner) <= kReadBytes)
            load_captioner(captioner, s.clips, s.optimisation.seed, machine);
        else
            check.notes.push_back(not_read(captioner));
        if (weight_bytes(clip) <= kReadBytes)
            load_clip(clip, s.clips.image_size, machine);
        else
            check.notes.push_back(not_read(clip));
    }

    void estimate(TrainCheck& check, const StandIn& model, int64_t clip_parameters, const Machine& machine,
                  const store::Project& project) const {
        const auto& s = params_.train.settings;
        const int64_t micro = s.optimisation.micro_batch > 0 ? s.optimisation.micro_batch : s.optimisation.batch_size;
        const auto memory = training_memory(model.sizes, s.clips.frames, model.parameters, machine);
        check.memory_bytes = memory.of(micro);
        kernels::release_device_blocks();
        if (const auto device = kernels::device_memory(machine.device)) {
            // CLIP stays beside the captioner in a run.
            if (const auto note = short_memory_note(memory, micro, device->free - 4 * clip_parameters); !note.empty())
                check.notes.push_back(note);
        }
        constexpr int64_t kFrameBytes = 30000;  // a 256-pixel JPEG of quality 95
        check.disk_bytes = (check.train_videos + check.labelled_val_videos) * s.clips.frames * kFrameBytes +
                           (s.machine.keep_checkpoints + 1) * 12 * model.parameters;
        const auto free = static_cast<int64_t>(free_space(project.folder()));
        if (free < check.disk_bytes) {
            check.problems.push_back(fmt::format("About {:.1f} GB of disk are needed and {:.1f} GB are free at {}",
                                                 static_cast<double>(check.disk_bytes) / 1e9,
                                                 static_cast<double>(free) / 1e9, project.folder().string()));
        }
    }

    /// On weights that are thrown away.
    void time_training(TrainCheck& check, StandIn& model, const Machine& machine, const store::Project& project,
                       const std::vector<store::VideoRecord>& train, JobContext& context) const {
        const auto& s = params_.train.settings;
        context.begin("Trial", "steps", 0);
        const ClipStore clips(clip_store_settings(project, s.clips.frames, model.sizes.vision.image), {train.front()});
        auto shape = clips.clip_shape();
        shape.insert(shape.begin(), 1);
        const auto clip = torch::empty(shape, torch::kUInt8);
        constexpr int64_t kFirst = 0;
        clips.test_views(std::span(&kFirst, 1), clip);
        const int64_t micro = s.optimisation.micro_batch > 0 ? s.optimisation.micro_batch : s.optimisation.batch_size;
        const auto trial = try_training(model, clip,
                                        {.clips = s.clips,
                                         .batch_size = s.optimisation.batch_size,
                                         .micro_batch = micro,
                                         .prompt = s.generation.train_prompt,
                                         .deadline = deadline_},
                                        machine, context);
        check.seconds = static_cast<double>(s.optimisation.epochs * check.train_videos) * trial.seconds_per_clip;
        check.extrapolated_from = trial.timed;
    }

    TrainCheckParams params_;
    std::function<void(const TrainCheck&)> done_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace

std::unique_ptr<Job> make_train_check_job(const TrainCheckParams& params, std::function<void(const TrainCheck&)> done) {
    return std::make_unique<TrainCheckJob>(params, std::move(done));
}

}  // namespace rest::engine
