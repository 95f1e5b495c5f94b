// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Compiles a kernel for several x86-64 levels and picks the best at load time: the packages target the oldest
/// processor, the loops need not. Functions so marked must be free functions; sanitizers run before the choice and
/// forbid it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define REST_MULTIVERSION __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4"), optimize("O3")))
#else
#define REST_MULTIVERSION
#endif
