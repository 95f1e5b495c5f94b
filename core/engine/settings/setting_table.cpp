// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings/setting_table.h"

#include <array>

namespace rest::engine {
namespace {

using Kind = SettingInfo::Kind;
using S = TrainSettings;

constexpr double kAny = 9007199254740991;  // 2^53 - 1: the largest integer that all JSON parsers read exactly

// Where and how fast it computes, and when it gives up. Gradients of micro-batches sum to the batch's.
constexpr std::array<std::string_view, 5> kFreeOnResume = {"unreadable_share", "micro_batch", "device", "threads",
                                                           "keep_checkpoints"};

template <auto kPart, auto kMember>
constexpr auto field() {
    using Value = std::decay_t<decltype(std::declval<S>().*kPart.*kMember)>;
    if constexpr (std::is_enum_v<Value>)
        return ChoiceField{[](const S& s) { return static_cast<size_t>(s.*kPart.*kMember); },
                           [](S& s, size_t choice) { s.*kPart.*kMember = static_cast<Value>(choice); }};
    else
        return Field<Value>{[](const S& s) -> const Value& { return s.*kPart.*kMember; },
                            [](S& s) -> Value& { return s.*kPart.*kMember; }};
}

Setting integer(const char* name, const char* label, Field<int64_t> field, double low, double high, const char* help) {
    return {{name, "", label, help, Kind::integer, low, high, {}}, field};
}

Setting real(const char* name, const char* label, Field<double> field, double low, double high, const char* help) {
    return {{name, "", label, help, Kind::real, low, high, {}}, field};
}

Setting truth(const char* name, const char* label, Field<bool> field, const char* help) {
    return {{name, "", label, help, Kind::boolean, 0, 1, {}}, field};
}

Setting text(const char* name, const char* label, Field<std::string> field, const char* help) {
    return {{name, "", label, help, Kind::text, 0, 0, {}}, field};
}

/// `choices` in the order of the enumerators.
Setting choice(const char* name, const char* label, ChoiceField field, std::vector<std::string> choices,
               const char* help) {
    return {{name, "", label, help, Kind::text, 0, 0, std::move(choices)}, field};
}

Setting texts(const char* name, const char* label, Field<std::vector<std::string>> field, const char* help) {
    return {{name, "", label, help, Kind::text_list, 0, 0, {}}, field};
}

std::vector<Setting> retrieval() {
    return {
        integer(
            "neighbours", "Neighbours (H)", field<&S::retrieval, &RetrievalSettings::neighbours>(), 1, 1e6,
            "How many of the most similar videos hand their captions to a video, itself included; 1 is self-training "
            "alone. Paper: 2000."),
        integer("captions_per_video", "Captions per video (K)",
                field<&S::retrieval, &RetrievalSettings::captions_per_video>(), 1, 1000,
                "How many captions a video keeps after a retrieval. Paper: 3."),
        integer(
            "retrievals", "Retrievals", field<&S::retrieval, &RetrievalSettings::retrievals>(), 1, 1000,
            "How often captions are retrieved, the first time before training; afterwards training goes on with the "
            "last lists. Paper: 3."),
        integer("epochs_per_retrieval", "Epochs per retrieval (R)",
                field<&S::retrieval, &RetrievalSettings::epochs_per_retrieval>(), 1, 100000,
                "Epochs of training between two retrievals. Paper: 10."),
    };
}

std::vector<Setting> supervision() {
    return {
        choice(
            "learn_from", "Learn from", field<&S::supervision, &SupervisionSettings::learn_from>(),
            {"captions", "class_names"},
            "captions: the videos' own and their neighbours' captions, no labels. class_names: the labels themselves, "
            "as in few-shot and supervised training; then nothing is retrieved. Paper: captions (Tables 1, 6 and 8: "
            "class names)."),
        text("start_from", "Start from", field<&S::supervision, &SupervisionSettings::start_from>(),
             "Folder of the captioner to begin with, for example another run's checkpoint; empty takes the project's "
             "own. Paper: BLIP; few-shot: the model that REST trained."),
        text("train_list", "Train clips", field<&S::supervision, &SupervisionSettings::train_list>(),
             "A text file of clip names, one a line, to train on; empty takes the train split. Paper: all of "
             "Kinetics-400's train split."),
        text("test_list", "Test clips", field<&S::supervision, &SupervisionSettings::test_list>(),
             "A text file of clip names, one a line, to measure CLIP-TAM on; empty takes the labelled val split. "
             "Paper: the data set's val or test split."),
        real("unreadable_share", "Unreadable clips", field<&S::supervision, &SupervisionSettings::unreadable_share>(),
             0, 1,
             "The share of its clips that a run does without when they cannot be read; when there are more, it ends "
             "with an error. They are never trained or measured on. The paper does not say."),
    };
}

std::vector<Setting> optimisation() {
    return {
        integer("epochs", "Epochs", field<&S::optimisation, &OptimisationSettings::epochs>(), 1, 100000,
                "How often training goes through all videos, over all retrieval steps. Paper: 60."),
        integer("batch_size", "Batch size", field<&S::optimisation, &OptimisationSettings::batch_size>(), 1, 65536,
                "Videos per step of the optimiser. Paper: 64."),
        integer("micro_batch", "Micro-batch", field<&S::optimisation, &OptimisationSettings::micro_batch>(), 0, 65536,
                "Videos per forward pass; 0 takes the whole batch. Smaller values need less memory and give the same "
                "gradient. The paper does not say."),
        real("learning_rate", "Learning rate", field<&S::optimisation, &OptimisationSettings::learning_rate>(), 0, 1,
             "Where the cosine schedule begins. Paper: 2e-5."),
        real("minimal_learning_rate", "Minimal learning rate",
             field<&S::optimisation, &OptimisationSettings::minimal_learning_rate>(), 0, 1,
             "Where the cosine schedule ends. Paper: 2e-8."),
        real("weight_decay", "Weight decay", field<&S::optimisation, &OptimisationSettings::weight_decay>(), 0, 1,
             "AdamW's pull of every weight towards 0. Paper: 0.001."),
        real("beta1", "Beta 1", field<&S::optimisation, &OptimisationSettings::beta1>(), 0, 0.999999,
             "AdamW's memory of the gradient. Paper: 0.9."),
        real("beta2", "Beta 2", field<&S::optimisation, &OptimisationSettings::beta2>(), 0, 0.999999,
             "AdamW's memory of the squared gradient. Paper: 0.98."),
        real("label_smoothing", "Label smoothing", field<&S::optimisation, &OptimisationSettings::label_smoothing>(), 0,
             0.999, "The share of each target that is spread over all words, against overconfidence. Paper: 0.2."),
        integer("seed", "Seed", field<&S::optimisation, &OptimisationSettings::seed>(), 0, kAny,
                "Fixes every random draw: the same seed gives the same run. The paper does not say."),
    };
}

std::vector<Setting> clips() {
    return {
        integer("frames", "Frames (T)", field<&S::clips, &ClipSettings::frames>(), 1, 64,
                "Frames taken from each video at equal distances. Paper: 8."),
        integer("image_size", "Image size", field<&S::clips, &ClipSettings::image_size>(), 0, 2048,
                "Side in pixels of the square the models see; 0 takes the captioner's own. Paper: 224."),
        truth("temporal_adapter", "Temporal adapter", field<&S::clips, &ClipSettings::temporal_adapter>(),
              "Let frames learn from their neighbours in time after every layer; without it frames are only averaged. "
              "Paper: on."),
        truth("augment", "Augment", field<&S::clips, &ClipSettings::augment>(),
              "Train on random crops, flips and colours; without it on the centre crop. Paper: on."),
        real("flip", "Flip", field<&S::clips, &ClipSettings::flip>(), 0, 1,
             "Probability that a clip is mirrored. Paper: 0.5."),
        real("colour_jitter", "Colour jitter", field<&S::clips, &ClipSettings::colour_jitter>(), 0, 1,
             "Probability that brightness, contrast, saturation and hue of a clip are changed. Paper: 0.8."),
        real("grey", "Grey scale", field<&S::clips, &ClipSettings::grey>(), 0, 1,
             "Probability that a clip loses its colours. Paper: 0.2."),
    };
}

std::vector<Setting> generation() {
    return {
        texts("prompts", "Prompts of first captions", field<&S::generation, &GenerationSettings::prompts>(),
              "How the captions of single frames begin; each frame gets one caption per prompt. Paper: \"a video of\", "
              "\"a person is\", \"someone is\"."),
        text("train_prompt", "Training prompt", field<&S::generation, &GenerationSettings::train_prompt>(),
             "How captions begin in training and when the trained model captions; it is no part of the caption. Paper: "
             "\"a video of \"."),
        integer("beams", "Beams", field<&S::generation, &GenerationSettings::beams>(), 1, 64,
                "Captions followed at once while the best is searched. The paper follows BLIP: 3."),
        integer("max_length", "Longest caption", field<&S::generation, &GenerationSettings::max_length>(), 2, 512,
                "Tokens of a caption at most, its beginning and the prompt included. The paper follows BLIP: 20."),
        integer("min_length", "Shortest caption", field<&S::generation, &GenerationSettings::min_length>(), 0, 512,
                "Tokens of a caption at least, its beginning and the prompt included. The paper follows BLIP: 5."),
        real("length_penalty", "Length penalty", field<&S::generation, &GenerationSettings::length_penalty>(), -10, 10,
             "Power of the length by which a caption's score is divided: larger favours longer ones. The paper follows "
             "BLIP: 1."),
    };
}

std::vector<Setting> machine() {
    return {
        text("device", "Device", field<&S::machine, &MachineSettings::device>(),
             "Where to compute: auto takes a GPU if there is one; cpu; cuda; cuda:1 is the second GPU. The paper does "
             "not say."),
        choice(
            "precision", "Precision", field<&S::machine, &MachineSettings::precision>(), {"auto", "fp32", "bf16"},
            "auto is bf16 on a GPU and fp32 on the CPU; bf16 is faster there and a little coarser. The paper does not "
            "say."),
        integer("threads", "Threads", field<&S::machine, &MachineSettings::threads>(), 0, 4096,
                "Processors used at once; 0 takes all. The paper does not say."),
        integer("keep_checkpoints", "Checkpoints kept", field<&S::machine, &MachineSettings::keep_checkpoints>(), 1,
                100000, "How many of the last checkpoints stay on the disk. The paper does not say."),
    };
}

std::vector<Setting> measurement() {
    return {
        truth("evaluate", "Evaluate", field<&S::measurement, &MeasurementSettings::evaluate>(),
              "Measure CLIP-TAM on the labelled val videos after every retrieval step; labels are used for nothing "
              "else. Paper: on."),
        texts("class_templates", "Class templates", field<&S::measurement, &MeasurementSettings::class_templates>(),
              "How CLIP-TAM writes a class name, {} standing for the name; the features of several are averaged. "
              "Paper: the bare name."),
    };
}

std::vector<Setting> make_table() {
    std::vector<Setting> table;
    const auto add = [&table](const char* group, std::vector<Setting> settings) {
        for (auto& setting : settings) {
            setting.info.group = group;
            setting.info.free_on_resume = std::ranges::find(kFreeOnResume, setting.info.name) != kFreeOnResume.end();
            table.push_back(std::move(setting));
        }
    };
    add("Retrieval", retrieval());
    add("Supervision", supervision());
    add("Optimisation", optimisation());
    add("Clips", clips());
    add("Captions", generation());
    add("Machine", machine());
    add("Measurement", measurement());
    return table;
}

}  // namespace

std::span<const Setting> setting_table() {
    static const std::vector<Setting> table = make_table();
    return table;
}

}  // namespace rest::engine
