// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/frame_strip.h"

#include <fmt/format.h>

#include "core/interchange/html_text.h"
#include "core/media/frame_cache.h"
#include "core/media/picture_file.h"

namespace rest::interchange {
namespace {

constexpr int kFrames = 5;    // as the paper's figures
constexpr int kPixels = 160;  // short side
constexpr int kQuality = 80;

}  // namespace

std::string frame_strip(const store::VideoRecord& video) {
    // No folder: the project's own cache holds other frames.
    const media::FrameCache reader({.folder = {}, .samples = kFrames, .short_side = kPixels, .jpeg_quality = kQuality});
    const auto frames = reader.frames(video.path);
    if (!frames)
        return fmt::format("<p class=\"bad\">{}: {}</p>\n", html_text(frames.error().file),
                           html_text(frames.error().message));
    std::string text = "<div class=\"frames\">";
    for (const auto& frame : *frames)
        text +=
            fmt::format(R"(<img alt="" src="data:image/jpeg;base64,{}">)", base64(media::encode_jpeg(frame, kQuality)));
    return text + "</div>\n";
}

}  // namespace rest::interchange
