// SPDX-License-Identifier: GPL-3.0-or-later
// A Kinetics list: CSV with a header.
#include "core/dataset/headed_list.h"
#include "core/text/file_text.h"
#include "tests/fuzz/list_world.h"

namespace rest::fuzz {

Outcome try_input(std::string_view bytes) {
    static ListWorld world({"train/rowing/abc_000001_000011.mp4", "val/rowing/-_0l35AkU34_000062_000072.mp4",
                            "train/tai chi/abc_000001_000011.mkv", "other/x.mp4"});
    world.put_list("train.csv", bytes);
    const bool taken = dataset::has_header(text::file_text(bytes.substr(0, 4096)), true);
    const auto outcome = world.read(dataset::read_kinetics);
    promise(outcome == Outcome::read, "clips in folders are imported whatever a list says");
    return taken ? Outcome::read : Outcome::refused;
}

}  // namespace rest::fuzz
