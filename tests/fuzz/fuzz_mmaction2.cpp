// SPDX-License-Identifier: GPL-3.0-or-later
// mmaction2's lists: training, 0x1f, validation, 0x1f, the label map.
#include "tests/fuzz/list_world.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static ListWorld world({"train/rowing/a.mp4", "train/rowing/b c.mp4", "val/tai_chi/a.mp4"});
    const auto parts = parts_of(bytes, 3);
    world.put_list("train_list_videos.txt", parts[0]);
    world.put_list("val_list_videos.txt", parts[1]);
    world.put_list("label_map.txt", parts[2]);
    return world.read(dataset::read_mmaction2);
}

}  // namespace rest::fuzz
