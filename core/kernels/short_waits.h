// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rest::kernels {

/// OpenMP's threads wait for each other at the end of every product. GNU's runtime lets them do so in a loop that keeps
/// a processor busy for milliseconds: time that the very thread they wait for lacks as soon as other programs are at
/// work. Small products beside two compilers took seventy times as long. Where it believes that there are more threads
/// than processors, it sleeps almost at once. Alone on two processors that costs 2 to 4 % at CLIP's size and a quarter
/// with the demo's small models (32 s for 26 s); beside one busy process the demo takes 42 s for 75 s.
///
/// A program that links this is made to believe so: it has one processor while its libraries are loaded, when the
/// runtime counts them, and all of its processors again before main(). This makes sure of the second; harmless to call
/// again. Any thread.
void use_all_processors();

}  // namespace rest::kernels
