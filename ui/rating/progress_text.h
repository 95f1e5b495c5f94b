// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/study/rating_session.h"

namespace rest::ui {

/// "123 of 400, about 25 min left at your pace".
QString progressText(const study::RatingProgress& progress);

}  // namespace rest::ui
