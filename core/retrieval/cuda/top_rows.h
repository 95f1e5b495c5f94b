// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace rest::retrieval::cuda {

/// Eq. 3 for a tile of rows of the similarity matrix. All memory is the device's; n, h, d count elements.
struct TopRows {
    const float*
        scores;  // (rows, stride): guesses of the products of the tile's rows and all n; rows at multiples of 16 bytes
    int64_t stride;          // a multiple of 4
    const float* features;   // (n, d) at multiples of 16 bytes; d a multiple of 16, filled up with zeros
    int32_t n, d, h;         // 1 <= h <= n
    int32_t first;           // row r is video first + r, unless
    const int32_t* videos;   // (rows) says which
    float error;             // how far a guess can be from exact_dot()
    bool exact;              // scores are exact_dot()'s already
    int32_t* out;            // (rows, h)
    int32_t* crowded;        // (N) numbers of the videos whose lists overflowed: their rows of `out` are not written
    int32_t* crowded_count;  // (1) how many; added to
};

/// Whether lists of `h` fit into the shared memory of a block of the current device, with a query of d.
bool top_rows_takes(int64_t h, int64_t d);

/// Writes the h best of every row to `out`: higher exact_dot() first, then lower index. A row is read once, entries at
/// or above a threshold, which rises, are kept in shared memory, settled there in double and sorted. Where more guesses
/// than fit are as close as their errors to the last one wanted the row is crowded, which cannot happen to exact
/// scores. `stream` is a cudaStream_t. Throws std::runtime_error.
void top_rows(const TopRows& tile, int64_t rows, void* stream);

/// scores[r, i] = exact_dot(row videos[r], row i), for top_rows() with `exact`. At most 65535 rows.
void exact_rows(const TopRows& tile, float* scores, int64_t rows, void* stream);

}  // namespace rest::retrieval::cuda
