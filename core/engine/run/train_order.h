// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/queue/job_order.h"
#include "core/engine/run/train_job.h"

namespace rest::engine {

/// Serialises a training that waits in the queue, and back. `title` is the job's.
JobOrder order_of(const TrainParams& params, const std::string& title);

/// Throws Error (unsupported, invalid_argument) for another kind of order and for invalid settings.
TrainParams params_of(const JobOrder& order);

}  // namespace rest::engine
