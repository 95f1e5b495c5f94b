// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rest::bundle {

/// What a report says about a project, and what must be redacted from it.
struct ProjectFacts {
    nlohmann::json document;                    // not yet redacted
    std::vector<std::string> people;            // codes of the annotators of its studies
    std::vector<std::filesystem::path> media;   // folders of its videos
    std::vector<std::filesystem::path> models;  // locations of the captioner and the CLIP; empty: the demo's
};

/// Models, settings of every run, counts of videos, captions, runs and study answers, and the findings of quick_check.
/// No captions, video names or answers. Reads only, and never throws: what cannot be read is reported in the document.
ProjectFacts project_facts(const std::filesystem::path& project);

/// Only the people of a project's studies; empty if nothing can be read.
std::vector<std::string> people_of(const std::filesystem::path& project);

}  // namespace rest::bundle
