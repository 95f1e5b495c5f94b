// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// What a packet of H.264 or HEVC holds, told from the headers of its NAL units, without decoding.
struct NalSummary {
    bool well_formed = false;  // units with length prefixes that fill the packet exactly
    int pictures = 0;          // slices that begin a picture: 1, or 2 for a pair of fields
    bool clean_start = false;  // nothing shown at or after it depends on anything before it
    bool disposable = false;   // well-formed H.264 from which no other picture is made, and nothing else is told
};

/// How many bytes a unit's length takes in this stream; 0: no length prefixes (start codes), or another codec.
int nal_length_size(const AVCodecParameters& parameters);

/// `length_size` as above; H.264 or HEVC only.
NalSummary summarise_nal_units(std::span<const uint8_t> packet, AVCodecID codec, int length_size);

}  // namespace rest::media
