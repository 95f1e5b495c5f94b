// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// What a packet of VP8, VP9 or AV1 holds, told from its frames' headers, without decoding.
struct CodedPictures {
    bool well_formed = false;
    int shown = 0;             // pictures that come out; the others only serve to predict later ones
    bool clean_start = false;  // begins with a key frame, before which nothing is needed
};

/// Nothing for other codecs.
std::optional<CodedPictures> coded_pictures(std::span<const uint8_t> packet, AVCodecID codec);

CodedPictures vp8_pictures(std::span<const uint8_t> packet);
/// A packet may be a superframe: several frames and, at its end, an index of their sizes.
CodedPictures vp9_pictures(std::span<const uint8_t> packet);
/// A packet is a temporal unit of open bitstream units. Spatial layers and stills count as not well formed.
CodedPictures av1_pictures(std::span<const uint8_t> packet);

}  // namespace rest::media
