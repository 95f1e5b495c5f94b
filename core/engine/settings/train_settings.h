// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rest::engine {

/// Retrieval of captions (Sec. 4.2).
struct RetrievalSettings {
    int64_t neighbours = 2000;          // H, the video itself included; 1 is pure self-training
    int64_t captions_per_video = 3;     // K
    int64_t retrievals = 3;             // N_I, the one at initialisation included
    int64_t epochs_per_retrieval = 10;  // R
};

enum class LearnFrom {
    captions,     // the videos' own and retrieved ones
    class_names,  // GAR trained on labels (Tables 1, 6 and 8), no retrieval
};

/// What is trained on, and which videos.
struct SupervisionSettings {
    LearnFrom learn_from = LearnFrom::captions;
    std::string start_from;          // folder of the initial weights; empty: the project's captioner
    std::string train_list;          // file of clip names, one per line: what to train on; empty: the train split
    std::string test_list;           // the same for what to measure on; empty: the labelled val (or test) split
    double unreadable_share = 0.05;  // of the clips: if more are unreadable, the run fails
};

struct OptimisationSettings {
    int64_t epochs = 60;
    int64_t batch_size = 64;
    int64_t micro_batch = 0;  // clips per forward pass; 0: the whole batch
    double learning_rate = 2e-5;
    double minimal_learning_rate = 2e-8;
    double weight_decay = 0.001;
    double beta1 = 0.9;
    double beta2 = 0.98;
    double label_smoothing = 0.2;
    int64_t seed = 1;
};

/// How clips are fed to the captioner.
struct ClipSettings {
    int64_t frames = 8;        // T
    int64_t image_size = 224;  // 0: the captioner's own
    bool temporal_adapter = true;
    bool augment = true;
    double flip = 0.5;
    double colour_jitter = 0.8;
    double grey = 0.2;
};

/// How captions are generated.
struct GenerationSettings {
    std::vector<std::string> prompts = {"a video of ", "a person is", "someone is"};  // of the first captions
    std::string train_prompt = "a video of ";
    int64_t beams = 3;
    int64_t max_length = 20;  // tokens, [DEC] and prompt included
    int64_t min_length = 5;
    double length_penalty = 1;
};

enum class Precision { automatic, fp32, bf16 };  // automatic: bf16 on CUDA, fp32 on the CPU

struct MachineSettings {
    std::string device = "auto";  // auto, cpu, cuda, cuda:n
    Precision precision = Precision::automatic;
    int64_t threads = 0;  // 0: one per processor
    int64_t keep_checkpoints = 2;
};

struct MeasurementSettings {
    bool evaluate = true;  // CLIP-TAM on the labelled val videos after every retrieval step
    std::vector<std::string> class_templates = {"{}"};  // templates for class names in CLIP-TAM; several are averaged
};

/// Every parameter of Algorithm 1 and Table 10. Defaults are the paper's.
struct TrainSettings {
    RetrievalSettings retrieval;
    SupervisionSettings supervision;
    OptimisationSettings optimisation;
    ClipSettings clips;
    GenerationSettings generation;
    MachineSettings machine;
    MeasurementSettings measurement;
};

/// Description of a setting for tables, forms and `--set name=value`.
struct SettingInfo {
    enum class Kind { integer, real, boolean, text, text_list };
    std::string name;   // as in JSON: "learning_rate"
    std::string group;  // "Retrieval", "Supervision", "Optimisation", "Clips", "Captions", "Machine", "Measurement"
    std::string label;  // "Learning rate"
    std::string help;   // what it does and what the paper uses
    Kind kind;
    double minimum = 0;  // numbers: both bounds inclusive
    double maximum = 0;
    std::vector<std::string> choices = {};  // text: the only values allowed; empty: free text
    bool free_on_resume = false;            // may differ when a run is resumed: no result depends on it
};

/// In the order of the form.
std::span<const SettingInfo> setting_infos();

/// "paper" or "demo". Throws Error (invalid_argument) naming the presets.
TrainSettings preset(std::string_view name);
std::vector<std::string> preset_names();

/// One JSON object with every setting, in the order of the form.
std::string to_json(const TrainSettings& settings);
/// Starts from `base`; unknown names and values out of range throw Error naming both.
TrainSettings settings_from_json(std::string_view json, const TrainSettings& base = {});
/// Sets one value from text, as in `--set` or a form's field ("epochs", "20"; booleans as true or false; items of a
/// list separated by |, with \| for a bar in an item and \\ for a backslash before one). Throws Error
/// (invalid_argument) naming setting and value, and leaves `settings` unchanged.
void set_setting(TrainSettings& settings, std::string_view name, std::string_view value);
/// In the format that set_setting() reads.
std::string setting_text(const TrainSettings& settings, std::string_view name);
/// Throws Error (invalid_argument) for contradictory values.
void check_settings(const TrainSettings& settings);

}  // namespace rest::engine
