// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/orientation.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace rest::media {
namespace {

constexpr size_t kMatrixBytes = 9 * sizeof(int32_t);

/// The matrix's bytes or null. FFmpeg 6.1 moved a stream's side data to its codec parameters.
const uint8_t* display_matrix(const AVStream& stream) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 100)
    const AVCodecParameters& parameters = *stream.codecpar;
    const AVPacketSideData* data =
        av_packet_side_data_get(parameters.coded_side_data, parameters.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data != nullptr && data->size >= kMatrixBytes ? data->data : nullptr;
#else
    size_t size = 0;
    const uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return size >= kMatrixBytes ? data : nullptr;
#endif
}

/// `bytes` may be null.
Orientation from_matrix(const uint8_t* bytes) {
    if (bytes == nullptr) return {};
    std::array<int32_t, 9> matrix{};
    std::memcpy(matrix.data(), bytes, kMatrixBytes);
    // A stored point (x, y) is displayed at (a x + c y, b x + d y).
    const int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    const int64_t across = std::llabs(b) + std::llabs(c), along = std::llabs(a) + std::llabs(d);
    constexpr int64_t kOneDegree = 57;  // 1 / tan(1 degree): the ffmpeg program ignores deviations up to this too
    const bool exact = std::min(across, along) * kOneDegree <= std::max(across, along);
    if (across > along) return {true, c < 0, b < 0, exact};
    return {false, a < 0, d < 0, exact};
}

}  // namespace

int Orientation::degrees() const {
    if (transposed) return mirrored_x ? 90 : 270;
    return mirrored_x && mirrored_y ? 180 : 0;
}

Orientation orientation_of(const AVStream& stream) {
    return from_matrix(display_matrix(stream));
}

Orientation orientation_of(const AVFrame& frame, const AVStream& stream) {
    if (display_matrix(stream) != nullptr) return orientation_of(stream);
    const AVFrameSideData* data = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
    return data != nullptr && data->size >= kMatrixBytes ? from_matrix(data->data) : Orientation{};
}

Orientation orientation_after(const Orientation& before, const AVFrame& frame, const AVStream& stream) {
    const AVCodecID codec = stream.codecpar->codec_id;
    const bool lasts = codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC;
    const bool told = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX) != nullptr;
    if (lasts && !told) return before;
    return orientation_of(frame, stream);
}

}  // namespace rest::media
