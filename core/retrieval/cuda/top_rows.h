// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::retrieval::cuda {

/// Eq. 3 for a tile of rows of the similarity matrix. All memory is on the device; n, h, d count elements.
struct TopRows {
    const float*
        scores;      // (rows, stride): guesses from the product of the tile's rows and all n; rows aligned to 16 bytes
    int64_t stride;  // a multiple of 4
    const float* features;   // (n, d) aligned to 16 bytes; d a multiple of 16, zero-padded
    int32_t n, d, h;         // 1 <= h <= n
    int32_t first;           // row r is video first + r, unless `videos` is set
    const int32_t* videos;   // (rows) the video of each row
    float error;             // maximum difference between a guess and exact_dot()
    bool exact;              // scores are exact_dot()'s already
    int32_t* out;            // (rows, h)
    int32_t* crowded;        // (N) numbers of the videos whose lists overflowed: their rows of `out` are not written
    int32_t* crowded_count;  // (1) their number; incremented
};

/// Whether lists of `h` fit into a block's shared memory on the current device, with a query of d.
bool top_rows_takes(int64_t h, int64_t d);

/// Writes the h best of every row to `out`: higher exact_dot() first, then lower index. A row is read once; entries at
/// or above a rising threshold are kept in shared memory, rescored there in double and sorted. If more guesses than fit
/// are within the error of the last one needed, the row counts as crowded, which cannot happen with exact scores.
/// `stream` is a cudaStream_t. Throws std::runtime_error.
void top_rows(const TopRows& tile, int64_t rows, void* stream);

/// scores[r, i] = exact_dot(row videos[r], row i), for top_rows() with `exact`. At most 65535 rows.
void exact_rows(const TopRows& tile, float* scores, int64_t rows, void* stream);

}  // namespace rest::retrieval::cuda
