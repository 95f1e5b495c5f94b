// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rest::study {

/// The question that the study of Sec. 4 asks about every clip.
inline constexpr std::string_view kStudyQuestion = "Does the text describe the action shown in the video?";

struct StudySettings {
    int answers_per_clip = 10;   // k: how many different people rate each clip
    uint64_t seed = 1;           // of the draw and of every annotator's order
    bool stratified = false;     // drawn in proportion to the classes
    int minimum_viewing_ms = 0;  // before an answer is accepted; 0: none
    std::string instructions;    // shown before the first clip
};

/// The source of a study's captions.
struct StudySource {
    std::string project;  // folder
    int64_t run = 0;
    std::string run_name;
    int epoch = 0;
    int step = -1;      // retrieval step of that epoch, -1 unknown
    std::string model;  // "run 3 epoch 10"
};

struct StudyInfo {
    std::string uuid;  // 32 hexadecimal digits, shared by the study and every file exported from it
    std::string name;
    std::string created;  // ISO 8601, UTC
    StudySettings settings;
    StudySource source;         // empty in an exported file
    bool exported = false;      // a file for annotators: no class names, no CLIP-TAM, no one else's answers
    std::string for_annotator;  // uuid of the only one who may rate in this file; empty: whoever signs in
};

enum class ClipRole { rated, training, control };
const char* to_string(ClipRole role);  // "rated", "training", "control"

/// A frozen item of a study: later runs do not change it.
struct StudyClip {
    int64_t id = 0;  // its number in the study, from 0; reveals nothing about class or score
    ClipRole role = ClipRole::rated;
    std::string name;  // as in the project; empty in an exported file, as names reveal classes
    std::string path;  // empty in a file outside its project
    int64_t file_bytes = 0;
    int64_t file_time_ns = 0;
    std::string caption;
    std::string label;              // true class name, empty when unknown
    std::optional<bool> tam_right;  // CLIP-TAM's verdict, empty without a label
    std::optional<bool> known;      // the known answer of a training or control clip
    std::string feedback;           // shown after a training answer
    int people_elsewhere = 0;       // in an exported file: people who rate it in other files
};

struct Annotator {
    std::string uuid;     // 32 hexadecimal digits
    std::string code;     // as typed, whitespace collapsed; unique within a study, ignoring case
    std::string created;  // ISO 8601, UTC
};

enum class Choice { no, yes, skip, withdrawn };
const char* to_string(Choice choice);  // "no", "yes", "skip", "withdrawn"

/// One entry of the append-only log. An annotator's current answer to a clip is the last by (sequence, time, sitting);
/// earlier ones are its history. `withdrawn` is an undo: then there is no current answer.
struct Answer {
    std::string annotator;  // uuid
    int64_t clip = 0;
    int64_t sequence = 0;  // 1, 2, ... per annotator
    std::string sitting;   // random, per sign-in: distinguishes answers given in two copies of one file
    Choice choice = Choice::no;
    std::string reason;        // of a skip
    int64_t milliseconds = 0;  // from the clip's first frame to the answer
    int64_t replays = 0;
    std::string time;  // ISO 8601 with milliseconds, UTC

    bool operator==(const Answer&) const = default;
};

/// 32 random hexadecimal digits.
std::string new_uuid();

}  // namespace rest::study
