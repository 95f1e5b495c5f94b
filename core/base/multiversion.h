// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Compiles a kernel for several x86-64 levels and selects the best at load time: the packages target the oldest
/// processor, the loops need not. Only for free functions; disabled under the address and thread sanitizers, which do
/// not support selection at load time.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define REST_MULTIVERSION __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4"), optimize("O3")))
#else
#define REST_MULTIVERSION
#endif
