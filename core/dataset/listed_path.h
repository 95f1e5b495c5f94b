// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::dataset {

/// One interpretation of a path in a list.
struct PathReading {
    std::string path;     // with '/'; drive, server or scheme removed
    bool rooted = false;  // began with '/', a drive, a server or a scheme: it may be a path of another machine
    std::string told_as;  // how it was interpreted, for the user: "\\ as /"; empty for as written
};

/// The possible meanings of a path in a list, as written first. Lists come from Windows ("train\\a.mp4",
/// "D:\\data\\a.mp4"), from servers ("\\\
/// as\\a.mp4"), from programs that write URIs ("file:///data/a%20b.mp4", "s3://bucket/a.mp4") and from shells
/// ("~/data/a.mp4", "$DATA/a.mp4").
std::vector<PathReading> path_readings(std::string_view written);

}  // namespace rest::dataset
