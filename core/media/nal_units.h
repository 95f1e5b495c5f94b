// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// What a packet of H.264 or HEVC holds, told from the headers of its NAL units, without decoding.
struct NalSummary {
    bool well_formed = false;      // units with length prefixes that fill the packet exactly
    int pictures = 0;              // slices that begin a picture: 1, or 2 for a pair of fields
    bool clean_start = false;      // nothing shown at or after it depends on anything before it
    bool disposable = false;       // well-formed H.264 from which no other picture is made, and nothing else is told
    bool turned = false;           // tells how to turn its pictures (display orientation)
    bool breaks_off = false;       // HEVC: what follows does not continue what went before (BLA, end of sequence)
    bool skipped_leading = false;  // HEVC: a picture that is not shown where decoding begins at its key frame (RASL)
    std::span<const uint8_t> sequence;  // the packet's first sequence parameter set; empty: none
};

/// How many bytes a unit's length takes in this stream; 0: no length prefixes (start codes), or another codec.
int nal_length_size(const AVCodecParameters& parameters);

/// `length_size` as above; H.264 or HEVC only. The result points into the packet.
NalSummary summarise_nal_units(std::span<const uint8_t> packet, AVCodecID codec, int length_size);

}  // namespace rest::media
