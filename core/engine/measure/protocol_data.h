// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/engine/inference/run_clips.h"
#include "core/engine/measure/protocol_job.h"
#include "core/evaluation/protocols/protocol_plan.h"
#include "core/store/project.h"

namespace rest::engine {

/// The project that holds a protocol's clips: the measured one itself, or one of the protocol's own within it.
class ProtocolData {
  public:
    /// Makes or brings up to date what `params` ask for. Throws Error (invalid_argument) where the protocol needs a
    /// folder of clips, and what an import throws.
    static ProtocolData prepare(const ProtocolParams& params, const evaluation::Protocol& protocol,
                                JobContext& context);

    const std::filesystem::path& folder() const { return folder_; }
    /// To be read.
    store::Project open() const;
    /// Of the clips that can be read. Throws as evaluation::plan_protocol().
    evaluation::ProtocolPlan plan() const;
    /// Writes names of clips, one a line, as `train_list` and `test_list` take them; returns the file. Throws Error
    /// (io, no_space).
    std::string write_list(const std::string& what, const std::vector<evaluation::PlannedClip>& clips) const;
    /// A part's clips with the lists' labels.
    EvaluationClips clips_of(const evaluation::ProtocolPart& part) const;

  private:
    ProtocolData(const ProtocolParams& params, evaluation::Protocol protocol, std::filesystem::path folder);

    const ProtocolParams& params_;
    evaluation::Protocol protocol_;
    std::filesystem::path folder_;
};

}  // namespace rest::engine
