// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// The contents of a VP8, VP9 or AV1 packet, determined from its frame headers, without decoding.
struct CodedPictures {
    bool well_formed = false;
    int shown = 0;             // pictures that are output; the others only serve to predict later ones
    bool clean_start = false;  // begins with a key frame, so nothing earlier is needed
};

/// Empty for other codecs.
std::optional<CodedPictures> coded_pictures(std::span<const uint8_t> packet, AVCodecID codec);

CodedPictures vp8_pictures(std::span<const uint8_t> packet);
/// A packet may be a superframe: several frames followed by an index of their sizes.
CodedPictures vp9_pictures(std::span<const uint8_t> packet);
/// A packet is a temporal unit of open bitstream units (OBUs). Spatial layers and stills count as malformed.
CodedPictures av1_pictures(std::span<const uint8_t> packet);

}  // namespace rest::media
