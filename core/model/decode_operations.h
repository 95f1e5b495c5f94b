// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include "core/model/step_decoder.h"

namespace rest::model {

/// The parts of a decoding step other than matrix products, by LibTorch or by our own kernels. d = heads * c.
struct DecodeOperations {
    /// Word and position embedding of each row's newest token, normalised: (rows, d).
    torch::Tensor (*embed)(const StepDecoder& decoder, const SearchTables& tables);
    /// joined (rows, 3d): each row's query, key and value. Writes key and value to the row's own entry; attends to the
    /// row's whole hypothesis. Returns (rows, d).
    torch::Tensor (*self_attend)(const torch::Tensor& joined, int64_t heads, int64_t layer, SearchTables& tables);
    /// query (videos, n, d), n rows that attend to the same video; returns the same shape.
    torch::Tensor (*cross_attend)(const torch::Tensor& query, int64_t layer, const CrossMemory& memory,
                                  const SearchTables& tables);
    /// norm(x + residual), both (..., d).
    torch::Tensor (*residual_norm)(const torch::Tensor& x, const torch::Tensor& residual, const LayerNorm& norm);
};

/// The fastest that support these shapes and dtypes.
const DecodeOperations& decode_operations(const StepDecoder& decoder, const CrossMemory& memory,
                                          const SearchTables& tables);

/// Softmax attention by whole-tensor products, like attention() but never by a kernel that needs a new plan for each
/// shape: q (..., n, c), k and v (..., m, c), mask (n, m) added or undefined.
torch::Tensor plain_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                              const torch::Tensor& mask = {});

}  // namespace rest::model
