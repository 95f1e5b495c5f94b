// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/model/step_decoder.h"

namespace rest::model {

/// The parts of a decoding step that are no products, as LibTorch does them or as kernels of ours do. d = heads * c.
struct DecodeOperations {
    /// Word and position of each row's newest token, normed: (rows, d).
    torch::Tensor (*embed)(const StepDecoder& decoder, const SearchTables& tables);
    /// joined (rows, 3d): each row's query, key and value. Writes key and value to the row's own place; attends to the
    /// row's whole hypothesis. Returns (rows, d).
    torch::Tensor (*self_attend)(const torch::Tensor& joined, int64_t heads, int64_t layer, SearchTables& tables);
    /// query (videos, n, d), n rows that look at the same video; returns the same shape.
    torch::Tensor (*cross_attend)(const torch::Tensor& query, int64_t layer, const CrossMemory& memory,
                                  const SearchTables& tables);
    /// norm(x + residual), both (..., d).
    torch::Tensor (*residual_norm)(const torch::Tensor& x, const torch::Tensor& residual, const LayerNorm& norm);
};

/// The fastest that take these shapes and types.
const DecodeOperations& decode_operations(const StepDecoder& decoder, const CrossMemory& memory,
                                          const SearchTables& tables);

/// Softmax attention by products of whole tensors, as attention() but never a kernel that is planned anew for each
/// shape: q (..., n, c), k and v (..., m, c), mask (n, m) added or undefined.
torch::Tensor plain_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                              const torch::Tensor& mask = {});

}  // namespace rest::model
