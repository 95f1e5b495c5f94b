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

/// The project with a protocol's clips: the measured one itself, or a separate one inside it.
class ProtocolData {
  public:
    /// Creates or updates it. Throws Error (invalid_argument) if the protocol needs a folder of clips and none is
    /// given, and whatever the import throws.
    static ProtocolData prepare(const ProtocolParams& params, const evaluation::Protocol& protocol,
                                JobContext& context);

    const std::filesystem::path& folder() const { return folder_; }
    /// Opens it for reading.
    store::Project open() const;
    /// The plan for its readable clips. Throws as evaluation::plan_protocol().
    evaluation::ProtocolPlan plan() const;
    /// Writes the names of clips, one per line, as `train_list` and `test_list` take them; returns the file. Throws
    /// Error (io, no_space).
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
