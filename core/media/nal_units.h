// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/media/ffmpeg_handles.h"

namespace rest::media {

/// The contents of an H.264 or HEVC packet, determined from its NAL unit headers, without decoding.
struct NalSummary {
    bool well_formed = false;      // length-prefixed units that fill the packet exactly
    int pictures = 0;              // slices that begin a picture: 1, or 2 for a field pair
    bool clean_start = false;      // nothing shown at or after it depends on anything before it
    bool disposable = false;       // H.264, well-formed: no other picture is predicted from it, nothing else is in it
    bool turned = false;           // specifies how to rotate its pictures (display orientation)
    bool breaks_off = false;       // HEVC: what follows does not continue what precedes (BLA, end of sequence)
    bool skipped_leading = false;  // HEVC: a picture that is not shown if decoding begins at its key frame (RASL)
    std::span<const uint8_t> sequence;  // the packet's first sequence parameter set; empty: none
};

/// Size in bytes of a unit's length prefix in this stream; 0: no length prefixes (start codes), or another codec.
int nal_length_size(const AVCodecParameters& parameters);

/// `length_size` as above; H.264 or HEVC only. The result points into the packet.
NalSummary summarise_nal_units(std::span<const uint8_t> packet, AVCodecID codec, int length_size);

}  // namespace rest::media
