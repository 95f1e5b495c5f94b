// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels {

/// OpenMP's threads wait for each other at the end of every product. By default GNU's runtime spins for milliseconds,
/// which takes CPU time from the very thread being waited for as soon as other programs are running. Small products
/// beside two compilers took seventy times as long.
///
/// A program that links this re-executes itself with a variable that shortens the spinning (GOMP_SPINCOUNT), unless the
/// user has set a wait policy: the runtime reads its variables when it is loaded, so main() is too late. That takes a
/// tenth of a second and costs nothing afterwards.
///
/// This function does nothing; calling it links the above.
void keep_waits_short();

}  // namespace rest::kernels
