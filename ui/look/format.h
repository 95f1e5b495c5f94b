// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <string>

#include "core/base/task.h"

namespace rest::ui {

QString countText(qint64 count);                  // "12,345" as the locale writes it
QString durationText(double seconds);             // "42 s", "3 min 05 s", "2 h 10 min"; "unknown" below zero
QString clockText(double seconds);                // "0:03.480", for the player
QString decimalText(double value, int decimals);  // rounded as the command line does
QString bytesText(qint64 bytes);                  // "1.4 GB"
QString rateText(double rate, const QString& unit);
QString progressText(const Progress& progress);  // "3 of 8 clips · 1.2 clips/s · 4 s left"; bytes with their units

inline QString text(const std::string& utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
inline QString text(const char* utf8) {
    return QString::fromUtf8(utf8);
}
QString text(const std::filesystem::path& path);
std::filesystem::path path(const QString& text);
/// A project's name is that of its folder, without the ending of projects.
QString projectName(const QString& folder);
/// The last part of a video's name.
QString fileName(const std::string& name);

}  // namespace rest::ui
