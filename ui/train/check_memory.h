// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <optional>

#include "core/engine/run/train_check_job.h"

namespace rest::ui {

/// The result of a check as stored with its project.
struct CheckMemory {
    static const QString name;  // of the member of projectMemory()

    QString settings;  // JSON that was checked
    QDateTime when;    // UTC
    engine::TrainCheck check;

    CheckMemory with(const engine::TrainCheck& found) const;  // found now
    QJsonObject toJson() const;
    /// Empty for any other object.
    static std::optional<CheckMemory> fromJson(const QJsonObject& object);
};

}  // namespace rest::ui
