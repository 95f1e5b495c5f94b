// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels {

/// OpenMP's threads wait for each other at the end of every product. By default GNU's runtime lets them do so in a loop
/// that keeps a processor busy for milliseconds: time that the very thread they wait for lacks as soon as other
/// programs are at work. Small products beside two compilers took seventy times as long.
///
/// A program that links this begins anew with a variable that shortens that loop (GOMP_SPINCOUNT), unless its user has
/// said how threads are to wait: the runtime reads its variables when it is loaded, so main() is too late. That takes a
/// tenth of a second and costs nothing afterwards.
///
/// Does nothing; whoever calls it gets the above linked.
void keep_waits_short();

}  // namespace rest::kernels
