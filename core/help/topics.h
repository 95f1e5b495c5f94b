// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::help {

/// A page of the manual.
struct Topic {
    std::string name;   // "own-data": its file in resources/help, and what `rest help` calls it
    std::string title;  // "Your own videos"
};

/// All of them, in reading order. Throws Error (not_found, io) when a text is missing.
std::vector<Topic> topics();

/// The page as Markdown; links to other pages are "NAME.md". Throws Error (not_found) that names the topics for an
/// unknown name, (io) for a file that cannot be read.
std::string topic_text(std::string_view name);

/// Topics that contain every word of `words`, without regard to case, in reading order; all of them for no word.
std::vector<Topic> topics_about(std::string_view words);

}  // namespace rest::help
