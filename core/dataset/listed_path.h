// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rest::dataset {

/// One way to read a path that stands in a list.
struct PathReading {
    std::string path;     // with '/'; what stood before a drive, a server or a scheme is gone
    bool rooted = false;  // began with '/', a drive, a server or a scheme: the place may be of another machine
    std::string told_as;  // how it was read, for the user: "\\ as /"; empty for as written
};

/// The ways in which a path of a list may be meant, as written first. Lists come from Windows ("train\\a.mp4",
/// "D:\\data\\a.mp4"), from servers ("\\\\nas\\a.mp4"), from programs that write URIs ("file:///data/a%20b.mp4",
/// "s3://bucket/a.mp4") and from shells ("~/data/a.mp4", "$DATA/a.mp4").
std::vector<PathReading> path_readings(std::string_view written);

}  // namespace rest::dataset
