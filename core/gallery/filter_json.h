// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/gallery/clip_filter.h"

namespace rest::gallery {

/// A filter as JSON: classes by name, tags by number and name, so that it is understood when the lists have changed.
std::string to_json(const ClipFilter& filter, const std::vector<std::string>& classes,
                    const std::vector<store::Tag>& tags);

struct ReadFilter {
    ClipFilter filter;
    std::vector<std::string> lost;  // what it asks for and nobody knows any more: 'class "rowing"', 'tag "blurred"'
};

/// Throws Error (damaged) for what is no filter.
ReadFilter filter_from_json(const std::string& json, const std::vector<std::string>& classes,
                            const std::vector<store::Tag>& tags);

}  // namespace rest::gallery
