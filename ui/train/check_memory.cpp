// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/check_memory.h"

#include <QJsonArray>

#include "ui/look/format.h"

namespace rest::ui {

const QString CheckMemory::name = QStringLiteral("check");

namespace {

QJsonArray lines(const std::vector<std::string>& texts) {
    QJsonArray out;
    for (const std::string& one : texts) out.append(text(one));
    return out;
}

std::vector<std::string> lines(const QJsonValue& value) {
    std::vector<std::string> out;
    for (const QJsonValue& one : value.toArray()) out.push_back(one.toString().toStdString());
    return out;
}

}  // namespace

QJsonObject CheckMemory::toJson() const {
    return {{QStringLiteral("settings"), settings},
            {QStringLiteral("when"), when.toString(Qt::ISODate)},
            {QStringLiteral("problems"), lines(check.problems)},
            {QStringLiteral("notes"), lines(check.notes)},
            {QStringLiteral("train_videos"), static_cast<qint64>(check.train_videos)},
            {QStringLiteral("labelled_val_videos"), static_cast<qint64>(check.labelled_val_videos)},
            {QStringLiteral("device"), text(check.device)},
            {QStringLiteral("memory_bytes"), static_cast<qint64>(check.memory_bytes)},
            {QStringLiteral("disk_bytes"), static_cast<qint64>(check.disk_bytes)},
            {QStringLiteral("seconds"), check.seconds},
            {QStringLiteral("extrapolated_from"), text(check.extrapolated_from)}};
}

std::optional<CheckMemory> CheckMemory::fromJson(const QJsonObject& object) {
    const auto at = [&](const char* member) { return object.value(QLatin1String(member)); };
    CheckMemory memory{at("settings").toString(), QDateTime::fromString(at("when").toString(), Qt::ISODate), {}};
    if (!memory.when.isValid()) return std::nullopt;
    engine::TrainCheck& check = memory.check;
    check.problems = lines(at("problems"));
    check.notes = lines(at("notes"));
    check.train_videos = at("train_videos").toInteger();
    check.labelled_val_videos = at("labelled_val_videos").toInteger();
    check.device = at("device").toString().toStdString();
    check.memory_bytes = at("memory_bytes").toInteger();
    check.disk_bytes = at("disk_bytes").toInteger();
    check.seconds = at("seconds").toDouble(-1);
    check.extrapolated_from = at("extrapolated_from").toString().toStdString();
    return memory;
}

}  // namespace rest::ui
