// SPDX-License-Identifier: GPL-3.0-or-later
// What a user should know before a long run starts.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ranges>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "core/checkpoint/files/weight_files.h"
#include "core/engine/inference/evaluation_step.h"
#include "core/engine/run/train_check_job.h"
#include "core/engine/run/training_memory.h"
#include "core/engine/run/trial.h"
#include "core/kernels/device_memory.h"

namespace rest::engine {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr size_t kMostNamed = 8;
constexpr std::chrono::seconds kTrialsEnd{10};           // after the start: the whole check must take at most fifteen
constexpr std::chrono::seconds kLookingEnds{4};          // likewise for checking that the clips exist
constexpr size_t kLookedAtOnce = 500;                    // clips between two checks of the time
constexpr int64_t kReadBytes = int64_t{128} << 20;       // models up to this size are read by a check
constexpr int64_t kTrialParameters = int64_t{24} << 20;  // of layers that are trained in a trial

int64_t weight_bytes(const fs::path& path) {
    int64_t bytes = 0;
    for (const auto& file : checkpoint::find_weight_files(path).pieces) {
        std::error_code error;
        const auto size = fs::file_size(file, error);
        if (!error) bytes += static_cast<int64_t>(size);
    }
    return bytes;
}

std::string not_read(const fs::path& path) {
    return fmt::format(
        "The {:.1f} GB of {} were not read: its tensors' names and sizes are right, their values were not checked.",
        static_cast<double>(weight_bytes(path)) / 1e9, path.string());
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
    lines.insert(lines.end(), more.begin(), more.end());
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
        started_ = Clock::now();
        try {
            look(check, context);
        } catch (const Error& e) {
            check.problems.push_back(e.full_text());
        }
        done_(check);
        return check.problems.empty() ? "Ready to train"
                                      : fmt::format("{} problems prevent the start", check.problems.size());
    }

  private:
    void look(TrainCheck& check, JobContext& context) {
        const auto& s = params_.train.settings;
        check_settings(s);
        const store::Project project = store::Project::open(params_.train.project, store::OpenMode::read_only);
        const auto train = training_videos(project, s.supervision, context);
        check.train_videos = std::ssize(train);
        note_missing(check, train, context);
        check.labelled_val_videos = std::ssize(evaluation_clips(project, s.supervision.test_list, &context).videos);
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
        context.check();
        auto model = stand_in_for(captioner, s.clips, machine, kTrialParameters);
        const auto outline = outline_of_clip(clip);
        context.check();
        read_small(check, captioner, cautions_of(model.captioner.source), [&] {
            return cautions_of(load_captioner(captioner, s.clips, s.optimisation.seed, machine).source);
        });
        context.check();
        read_small(check, clip, outline.cautions,
                   [&] { return load_clip(clip, s.clips.image_size, machine).cautions; });
        context.check();
        estimate(check, model, outline.parameters, machine, project);
        context.check();
        if (params_.trial_batches) time_training(check, model, machine, project, train, context);
    }

    /// Small models are read as a run reads them. Of larger ones only names and sizes are read, so that a check takes
    /// the same time for any model. Cautions are noted either way.
    static void read_small(TrainCheck& check, const fs::path& path, const std::vector<std::string>& unread_cautions,
                           const std::function<std::vector<std::string>()>& read) {
        if (weight_bytes(path) <= kReadBytes) return append(check.notes, read());
        check.notes.push_back(not_read(path));
        append(check.notes, unread_cautions);
    }

    /// In a project of very many clips, checks only as many as time allows.
    void note_missing(TrainCheck& check, std::span<const store::VideoRecord> train, JobContext& context) const {
        std::vector<std::string> names;
        size_t looked = 0;
        while (looked < train.size() && (looked == 0 || Clock::now() < started_ + kLookingEnds)) {
            context.check();
            const auto some = train.subspan(looked, std::min(kLookedAtOnce, train.size() - looked));
            for (const auto& change : changes_of(some)) {
                if (change.gone()) names.push_back(change.name);
            }
            looked += some.size();
        }
        if (looked < train.size())
            check.notes.push_back(fmt::format("Of {} train clips, {} were checked.", train.size(), looked));
        if (names.empty()) return;
        const auto line =
            fmt::format("{} of {} train clips are missing: {}", names.size(), looked, some_of(names, kMostNamed));
        const bool many = too_many_lost(std::ssize(names), static_cast<int64_t>(looked),
                                        params_.train.settings.supervision.unreadable_share);
        (many ? check.problems : check.notes).push_back(line);
    }

    void estimate(TrainCheck& check, const StandIn& model, int64_t clip_parameters, const Machine& machine,
                  const store::Project& project) const {
        const auto& s = params_.train.settings;
        const int64_t micro = s.optimisation.clips_per_pass();
        const auto memory = training_memory(model.sizes, s.clips.frames, model.parameters, machine);
        check.memory_bytes = memory.of(micro);
        kernels::release_device_blocks();
        if (const auto device = kernels::device_memory(machine.device)) {
            // CLIP stays in memory beside the captioner during a run.
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

    /// Trains weights that are discarded afterwards.
    void time_training(TrainCheck& check, StandIn& model, const Machine& machine, const store::Project& project,
                       const std::vector<store::VideoRecord>& train, JobContext& context) const {
        const auto& s = params_.train.settings;
        context.begin("Trial", "steps", 0);
        const ClipStore clips(clip_store_settings(project.frames_dir(), s, model.sizes.vision.image, context), train);
        const auto clip = clip_to_try(clips, context);
        note_unreadable(check, clips);
        if (!clip.defined()) return check.problems.push_back("None of the clips tried can be read");
        const auto trial = try_training(model, clip,
                                        {.clips = s.clips,
                                         .batch_size = s.optimisation.batch_size,
                                         .micro_batch = s.optimisation.clips_per_pass(),
                                         .prompt = s.generation.train_prompt,
                                         .deadline = started_ + kTrialsEnd},
                                        machine, context);
        check.seconds = static_cast<double>(s.optimisation.epochs * check.train_videos) * trial.seconds_per_clip;
        check.extrapolated_from = trial.timed;
    }

    /// The first readable clip, (1, T, 3, S, S) uint8; undefined if none of those tried in the available time is.
    torch::Tensor clip_to_try(const ClipStore& clips, JobContext& context) const {
        auto shape = clips.clip_shape();
        shape.insert(shape.begin(), 1);
        auto clip = torch::empty(shape, torch::kUInt8);
        for (int64_t index = 0; index < clips.size(); ++index) {
            context.check();
            if (index > 0 && Clock::now() > started_ + kTrialsEnd) break;
            if (clips.test_views(std::span(&index, 1), clip).empty()) return clip;
        }
        return {};
    }

    static void note_unreadable(TrainCheck& check, const ClipStore& clips) {
        const auto unreadable = clips.unreadable();
        for (const auto& [index, problem] : unreadable | std::views::take(kMostNamed))
            check.notes.push_back(clips.video(index).name + " cannot be read: " + problem.message);
        if (unreadable.size() > kMostNamed)
            check.notes.push_back(fmt::format("{} more cannot be read either", unreadable.size() - kMostNamed));
    }

    TrainCheckParams params_;
    std::function<void(const TrainCheck&)> done_;
    Clock::time_point started_;
};

}  // namespace

std::unique_ptr<Job> make_train_check_job(const TrainCheckParams& params, std::function<void(const TrainCheck&)> done) {
    return std::make_unique<TrainCheckJob>(params, std::move(done));
}

}  // namespace rest::engine
