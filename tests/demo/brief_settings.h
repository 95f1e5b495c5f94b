// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/settings/train_settings.h"

namespace rest::test {

/// The demo's settings, reduced to one epoch: for tests of what happens around a training.
inline engine::TrainSettings brief_settings() {
    auto s = engine::preset("demo");
    s.optimisation.epochs = s.retrieval.epochs_per_retrieval = 1;
    s.retrieval.retrievals = 1;
    s.retrieval.neighbours = 4;
    return s;
}

}  // namespace rest::test
