// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settings/setting_table.h"

namespace rest::engine {
namespace {

using Kind = SettingInfo::Kind;
using S = TrainSettings;

constexpr double kAny = 9007199254740991;  // 2^53 - 1: the largest integer that JSON readers agree on

Setting integer(const char* name, const char* label, int64_t S::*member, double low, double high, const char* help) {
    return {{name, "", label, help, Kind::integer, low, high, {}}, member};
}

Setting real(const char* name, const char* label, double S::*member, double low, double high, const char* help) {
    return {{name, "", label, help, Kind::real, low, high, {}}, member};
}

Setting truth(const char* name, const char* label, bool S::*member, const char* help) {
    return {{name, "", label, help, Kind::boolean, 0, 1, {}}, member};
}

Setting text(const char* name, const char* label, std::string S::*member, std::vector<std::string> choices,
             const char* help) {
    return {{name, "", label, help, Kind::text, 0, 0, std::move(choices)}, member};
}

Setting texts(const char* name, const char* label, std::vector<std::string> S::*member, const char* help) {
    return {{name, "", label, help, Kind::text_list, 0, 0, {}}, member};
}

std::vector<Setting> retrieval() {
    return {
        integer(
            "neighbours", "Neighbours (H)", &S::neighbours, 1, 1e6,
            "How many of the most similar videos hand their captions to a video, itself included; 1 is self-training "
            "alone. Paper: 2000."),
        integer("captions_per_video", "Captions per video (K)", &S::captions_per_video, 1, 1000,
                "How many captions a video keeps after a retrieval. Paper: 3."),
        integer(
            "retrievals", "Retrievals", &S::retrievals, 1, 1000,
            "How often captions are retrieved, the first time before training; afterwards training goes on with the "
            "last lists. Paper: 3."),
        integer("epochs_per_retrieval", "Epochs per retrieval (R)", &S::epochs_per_retrieval, 1, 100000,
                "Epochs of training between two retrievals. Paper: 10."),
    };
}

std::vector<Setting> supervision() {
    return {
        text("learn_from", "Learn from", &S::learn_from, {"captions", "class_names"},
             "captions: the videos' own and their neighbours' captions, no labels. class_names: the labels themselves, "
             "as in few-shot and supervised training; then nothing is retrieved. Paper: captions (Tables 1, 6 and 8: "
             "class names)."),
        text("start_from", "Start from", &S::start_from, {},
             "Folder of the captioner to begin with, for example another run's checkpoint; empty takes the project's "
             "own. Paper: BLIP; few-shot: the model that REST trained."),
        text("train_list", "Train clips", &S::train_list, {},
             "A text file of clip names, one a line, to train on; empty takes the train split. Paper: all of "
             "Kinetics-400's train split."),
        text("test_list", "Test clips", &S::test_list, {},
             "A text file of clip names, one a line, to measure CLIP-TAM on; empty takes the labelled val split. "
             "Paper: the data set's val or test split."),
    };
}

std::vector<Setting> optimisation() {
    return {
        integer("epochs", "Epochs", &S::epochs, 1, 100000,
                "How often training goes through all videos, over all retrieval steps. Paper: 60."),
        integer("batch_size", "Batch size", &S::batch_size, 1, 65536, "Videos per step of the optimiser. Paper: 64."),
        integer("micro_batch", "Micro-batch", &S::micro_batch, 0, 65536,
                "Videos per forward pass; 0 takes the whole batch. Smaller values need less memory and give the same "
                "gradient. The paper does not say."),
        real("learning_rate", "Learning rate", &S::learning_rate, 0, 1,
             "Where the cosine schedule begins. Paper: 2e-5."),
        real("minimal_learning_rate", "Minimal learning rate", &S::minimal_learning_rate, 0, 1,
             "Where the cosine schedule ends. Paper: 2e-8."),
        real("weight_decay", "Weight decay", &S::weight_decay, 0, 1,
             "AdamW's pull of every weight towards 0. Paper: 0.001."),
        real("beta1", "Beta 1", &S::beta1, 0, 0.999999, "AdamW's memory of the gradient. Paper: 0.9."),
        real("beta2", "Beta 2", &S::beta2, 0, 0.999999, "AdamW's memory of the squared gradient. Paper: 0.98."),
        real("label_smoothing", "Label smoothing", &S::label_smoothing, 0, 0.999,
             "The share of each target that is spread over all words, against overconfidence. Paper: 0.2."),
        integer("seed", "Seed", &S::seed, 0, kAny,
                "Fixes every random draw: the same seed gives the same run. The paper does not say."),
    };
}

std::vector<Setting> clips() {
    return {
        integer("frames", "Frames (T)", &S::frames, 1, 64,
                "Frames taken from each video at equal distances. Paper: 8."),
        integer("image_size", "Image size", &S::image_size, 0, 2048,
                "Side in pixels of the square the models see; 0 takes the captioner's own. Paper: 224."),
        truth("augment", "Augment", &S::augment,
              "Train on random crops, flips and colours; without it on the centre crop. Paper: on."),
        real("flip", "Flip", &S::flip, 0, 1, "Probability that a clip is mirrored. Paper: 0.5."),
        real("colour_jitter", "Colour jitter", &S::colour_jitter, 0, 1,
             "Probability that brightness, contrast, saturation and hue of a clip are changed. Paper: 0.8."),
        real("grey", "Grey scale", &S::grey, 0, 1, "Probability that a clip loses its colours. Paper: 0.2."),
    };
}

std::vector<Setting> captions() {
    return {
        texts("prompts", "Prompts of first captions", &S::prompts,
              "How the captions of single frames begin; each frame gets one caption per prompt. Paper: \"a video of\", "
              "\"a person is\", \"someone is\"."),
        text("train_prompt", "Training prompt", &S::train_prompt, {},
             "How captions begin in training and when the trained model captions; it is no part of the caption. Paper: "
             "\"a video of \"."),
        integer("beams", "Beams", &S::beams, 1, 64,
                "Captions followed at once while the best is searched. The paper follows BLIP: 3."),
        integer("max_length", "Longest caption", &S::max_length, 2, 512,
                "Tokens of a caption at most, its beginning and the prompt included. The paper follows BLIP: 20."),
        integer("min_length", "Shortest caption", &S::min_length, 0, 512,
                "Tokens of a caption at least, its beginning and the prompt included. The paper follows BLIP: 5."),
        real("length_penalty", "Length penalty", &S::length_penalty, -10, 10,
             "Power of the length by which a caption's score is divided: larger favours longer ones. The paper follows "
             "BLIP: 1."),
        truth("temporal_adapter", "Temporal adapter", &S::temporal_adapter,
              "Let frames learn from their neighbours in time after every layer; without it frames are only averaged. "
              "Paper: on."),
    };
}

std::vector<Setting> machine() {
    return {
        text("device", "Device", &S::device, {},
             "Where to compute: auto takes a GPU if there is one; cpu; cuda; cuda:1 is the second GPU. The paper does "
             "not say."),
        text("precision", "Precision", &S::precision, {"auto", "fp32", "bf16"},
             "auto is bf16 on a GPU and fp32 on the CPU; bf16 is faster there and a little coarser. The paper does not "
             "say."),
        integer("threads", "Threads", &S::threads, 0, 4096,
                "Processors used at once; 0 takes all. The paper does not say."),
        integer("keep_checkpoints", "Checkpoints kept", &S::keep_checkpoints, 1, 100000,
                "How many of the last checkpoints stay on the disk. The paper does not say."),
        truth("evaluate", "Evaluate", &S::evaluate,
              "Measure CLIP-TAM on the labelled val videos after every retrieval step; labels are used for nothing "
              "else. Paper: on."),
        texts("class_templates", "Class templates", &S::class_templates,
              "How CLIP-TAM writes a class name, {} standing for the name; the features of several are averaged. "
              "Paper: the bare name."),
    };
}

std::vector<Setting> make_table() {
    std::vector<Setting> table;
    const auto add = [&table](const char* group, std::vector<Setting> settings) {
        for (auto& setting : settings) {
            setting.info.group = group;
            table.push_back(std::move(setting));
        }
    };
    add("Retrieval", retrieval());
    add("Supervision", supervision());
    add("Optimisation", optimisation());
    add("Clips", clips());
    add("Captions", captions());
    add("Machine", machine());
    return table;
}

}  // namespace

std::span<const Setting> setting_table() {
    static const std::vector<Setting> table = make_table();
    return table;
}

}  // namespace rest::engine
