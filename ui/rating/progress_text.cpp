// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/progress_text.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/look/format.h"

namespace rest::ui {

namespace {

QString words(const char* source) {
    return QCoreApplication::translate("RatingProgress", source);
}

/// Without seconds: they would change with every answer and be more precise than the estimate.
QString roughTime(double seconds) {
    const auto minutes = static_cast<qint64>(std::llround(seconds / 60));
    if (minutes < 1) return words("less than a minute left at your pace");
    if (minutes < 90) return words("about %1 min left at your pace").arg(minutes);
    return words("about %1 h %2 min left at your pace").arg(minutes / 60).arg(minutes % 60 / 10 * 10);
}

}  // namespace

QString progressText(const study::RatingProgress& progress) {
    if (progress.training_left > 0)
        return words("Practice: %1 to go, then %2 clips").arg(progress.training_left).arg(countText(progress.left));
    const qint64 done = progress.answered + progress.skipped;
    const QString count = words("%1 of %2").arg(countText(done), countText(done + progress.left));
    // A pace needs more than a clip or two.
    if (progress.seconds_left < 0 || progress.answered < 5) return count;
    return count + QStringLiteral(", ") + roughTime(progress.seconds_left);
}

}  // namespace rest::ui
