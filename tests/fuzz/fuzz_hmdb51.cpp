// SPDX-License-Identifier: GPL-3.0-or-later
// Two of HMDB51's lists, 0x1f between them.
#include "tests/fuzz/list_world.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static ListWorld world({"brush_hair/April_09.avi", "brush_hair/a b (1).avi", "wave/April_09.avi"});
    const auto parts = parts_of(bytes, 2);
    world.put_list("splits/brush_hair_test_split1.txt", parts[0]);
    world.put_list("splits/wave_test_split1.txt", parts[1]);
    return world.read(dataset::read_hmdb51);
}

}  // namespace rest::fuzz
