// SPDX-License-Identifier: GPL-3.0-or-later
// UCF101's lists: trainlist01.txt, 0x1f, testlist01.txt, 0x1f, classInd.txt.
#include "tests/fuzz/list_world.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static ListWorld world(
        {"Archery/v_Archery_g01_c01.avi", "Archery/v_Archery_g02_c01.avi", "Rowing/v_Rowing_g01_c01.mp4"});
    const auto parts = parts_of(bytes, 3);
    world.put_list("lists/trainlist01.txt", parts[0]);
    world.put_list("lists/testlist01.txt", parts[1]);
    world.put_list("lists/classInd.txt", parts[2]);
    return world.read(dataset::read_ucf101);
}

}  // namespace rest::fuzz
