// SPDX-License-Identifier: GPL-3.0-or-later
// What processes of a crew tell each other, as messages.
#pragma once

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file_stamp.h"
#include "core/engine/inference/model_identity.h"
#include "core/engine/run/run_files.h"
#include "core/retrieval/caption_update.h"
#include "core/store/project.h"
#include "core/store/records.h"

/// NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE for a type of another room.
#define REST_MESSAGE(Type, ...)                                                               \
    template <>                                                                               \
    struct nlohmann::adl_serializer<Type> {                                                   \
        static void to_json(nlohmann::json& nlohmann_json_j, const Type& nlohmann_json_t) {   \
            NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(NLOHMANN_JSON_TO, __VA_ARGS__))          \
        }                                                                                     \
        static void from_json(const nlohmann::json& nlohmann_json_j, Type& nlohmann_json_t) { \
            NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(NLOHMANN_JSON_FROM, __VA_ARGS__))        \
        }                                                                                     \
    };

REST_MESSAGE(rest::Problem, code, file, message, remedy)
REST_MESSAGE(rest::FileStamp, bytes, time_ns)
REST_MESSAGE(rest::store::GeneratedCaption, video, step, text, model, prompt, frame, score)
REST_MESSAGE(rest::store::ProjectModels, captioner, clip)
// What training reads of a video.
REST_MESSAGE(rest::store::VideoRecord, id, name, path, label, file_bytes, file_time_ns)
REST_MESSAGE(rest::retrieval::ScoredCaption, id, score, source_video)
REST_MESSAGE(rest::engine::ModelIdentity::File, name, stamp, checksum)
REST_MESSAGE(rest::engine::ModelIdentity, path, files)
REST_MESSAGE(rest::engine::RunState, epoch, step, place, batch, total, clips)
