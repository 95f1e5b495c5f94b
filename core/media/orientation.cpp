// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/orientation.h"

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

}  // namespace

int Orientation::degrees() const {
    if (transposed) return mirrored_x ? 90 : 270;
    return mirrored_x && mirrored_y ? 180 : 0;
}

Orientation orientation_of(const AVStream& stream) {
    const uint8_t* bytes = display_matrix(stream);
    if (bytes == nullptr) return {};
    std::array<int32_t, 9> matrix{};
    std::memcpy(matrix.data(), bytes, kMatrixBytes);
    // A stored point (x, y) is shown at (a x + c y, b x + d y).
    const int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    if (std::llabs(b) + std::llabs(c) > std::llabs(a) + std::llabs(d)) return {true, c < 0, b < 0};
    return {false, a < 0, d < 0};
}

}  // namespace rest::media
