// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rest {

/// A plain row-major float matrix: stored features, shared with code that does not depend on Torch.
struct Matrix {
    int64_t rows = 0;
    int64_t cols = 0;
    std::vector<float> values;  // (rows, cols)

    Matrix() = default;
    Matrix(int64_t rows_, int64_t cols_) : rows(rows_), cols(cols_), values(static_cast<size_t>(rows_ * cols_)) {}

    std::span<float> row(int64_t i) { return {values.data() + i * cols, static_cast<size_t>(cols)}; }
    std::span<const float> row(int64_t i) const { return {values.data() + i * cols, static_cast<size_t>(cols)}; }
};

}  // namespace rest
