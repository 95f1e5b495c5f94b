// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace rest::ui {

namespace {
QString translated(const char* source) {
    return QCoreApplication::translate("Format", source);
}
}  // namespace

QString countText(qint64 count) {
    return QLocale().toString(count);
}

QString durationText(double seconds) {
    if (seconds < 0 || !std::isfinite(seconds)) return translated("unknown");
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (seconds < 10 && seconds > 0) return translated("%1 s").arg(QLocale().toString(seconds, 'f', 1));
    if (whole < 60) return translated("%1 s").arg(whole);
    if (whole < 3600) return translated("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QChar('0'));
    return translated("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QChar('0'));
}

QString clockText(double seconds) {
    const auto ms = static_cast<qint64>(std::llround(std::max(0.0, seconds) * 1000));
    return QStringLiteral("%1:%2.%3")
        .arg(ms / 60000)
        .arg(ms / 1000 % 60, 2, 10, QChar('0'))
        .arg(ms % 1000, 3, 10, QChar('0'));
}

QString decimalText(double value, int decimals) {
    // QLocale rounds 81.25 up and printf to even: one number must not be shown in two ways.
    return QLocale().toString(QString::asprintf("%.*f", decimals, value).toDouble(), 'f', decimals);
}

QString bytesText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString rateText(double rate, const QString& unit) {
    if (rate <= 0) return {};
    return translated("%1 %2/s").arg(QLocale().toString(rate, 'f', rate < 10 ? 1 : 0), unit);
}

QString progressText(const Progress& progress) {
    const bool bytes = progress.unit == "bytes";
    const auto amount = [bytes](qint64 n) { return bytes ? bytesText(n) : countText(n); };
    const QString unit = bytes ? QString() : QChar(' ') + text(progress.unit);
    QStringList figures;
    if (progress.total > 0) {
        figures << translated("%1 of %2%3").arg(amount(progress.done), amount(progress.total), unit);
    } else if (progress.done > 0) {
        figures << amount(progress.done) + unit;
    }
    const QString rate = bytes && progress.rate > 0
                             ? translated("%1/s").arg(bytesText(static_cast<qint64>(progress.rate)))
                             : rateText(progress.rate, text(progress.unit));
    if (!rate.isEmpty()) figures << rate;
    if (progress.seconds_left >= 0) figures << translated("%1 left").arg(durationText(progress.seconds_left));
    return figures.join(QStringLiteral(" · "));
}

QString text(const std::filesystem::path& path) {
    const auto utf8 = path.u8string();
    return QString::fromUtf8(reinterpret_cast<const char*>(utf8.data()), static_cast<qsizetype>(utf8.size()));
}

std::filesystem::path path(const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    return std::filesystem::path(
        std::u8string(reinterpret_cast<const char8_t*>(utf8.constData()), static_cast<size_t>(utf8.size())));
}

QString fileName(const std::string& name) {
    const auto slash = name.find_last_of('/');
    return text(slash == std::string::npos ? name : name.substr(slash + 1));
}

}  // namespace rest::ui
