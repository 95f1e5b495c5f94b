// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_ref.h"

namespace rest::ui {

/// Where an item shown on a page comes from, and so where a jump from it leads.
struct Place {
    store::RunRef run;         // without a number: of the project, whatever run is shown
    int epoch = -1;            // of the evaluation that has the caption; -1: none
    int step = -1;             // retrieval step; -1: the newest
    store::VideoId video = 0;  // 0: no video

    friend auto operator<=>(const Place&, const Place&) = default;
};

}  // namespace rest::ui
