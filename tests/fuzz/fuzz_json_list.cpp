// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lists of clips of any shape, and behind 0x1f a list of classes beside it. Lists of another form are not read, as
// a bare list counts in place of the folders.
#include "core/dataset/json_list.h"
#include "core/text/file_text.h"
#include "tests/fuzz/list_world.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static ListWorld world({"train/rowing/a.mp4", "val/rowing/-_0l35AkU34_000062_000072.mp4", "clips/video0.webm"});
    const auto parts = parts_of(bytes, 2);
    world.put_list("val.json", parts[0]);
    world.put_list("label_map.json", parts[1]);
    const auto outcome = world.read(dataset::read_kinetics);
    promise(outcome == Outcome::read, "clips in folders are imported whatever a list says");
    const auto knows = [](std::string_view) { return false; };
    const auto list = dataset::read_json_list(text::file_text(parts[0]), {}, knows);
    if (list) {
        for (const auto& row : list->rows) promise(!row.path.empty() || !row.id.empty(), "a row names a clip");
    }
    return list ? Outcome::read : Outcome::refused;
}

}  // namespace rest::fuzz
