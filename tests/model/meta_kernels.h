// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::test {

/// LibTorch's `meta` device has tensors without data; some of its operations exist in Python only. Registers those
/// that our models need and this LibTorch lacks, as shape inference only. Call once per process.
void add_missing_meta_kernels();

}  // namespace rest::test
