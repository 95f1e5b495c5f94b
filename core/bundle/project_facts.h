// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rest::bundle {

/// What a report tells of a project, and what must be taken out of it.
struct ProjectFacts {
    nlohmann::json document;                    // not yet redacted
    std::vector<std::string> people;            // codes of the annotators of its studies
    std::vector<std::filesystem::path> media;   // folders of its videos
    std::vector<std::filesystem::path> models;  // the captioner's and the CLIP's place; empty: the demo's
};

/// Models, settings of every run, counts of videos, captions, runs and study answers, and what quick_check finds. No
/// caption, name of a video or answer. Reads only, and never throws: what cannot be read is told in the document.
ProjectFacts project_facts(const std::filesystem::path& project);

/// Only the people of a project's studies; none where nothing can be read.
std::vector<std::string> people_of(const std::filesystem::path& project);

}  // namespace rest::bundle
