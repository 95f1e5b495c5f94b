// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/ffmpeg_program.h"

#include <fmt/format.h>

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdlib>

#include "core/base/atomic_file.h"

namespace rest::test {

namespace fs = std::filesystem;

namespace {

constexpr int kMilliseconds = 600'000;

QString said_by_ffmpeg(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral("ffmpeg"), QStringList{"-hide_banner", "-nostdin"} + arguments);
    process.waitForFinished(kMilliseconds);
    return QString::fromUtf8(process.readAllStandardOutput());
}

QString name(const fs::path& path) {
    return QString::fromStdString(path.string());
}

bool write_pixels(const std::vector<fs::path>& files, const std::vector<QString>& to) {
    QStringList arguments;
    for (const fs::path& file : files) arguments << "-i" << name(file);
    for (size_t i = 0; i < files.size(); ++i) {
        // With a single input, the program chooses the stream itself.
        if (files.size() > 1) arguments << "-map" << QString("%1:v").arg(i);
        arguments << "-an"
                  << "-sn"
                  << "-pix_fmt"
                  << "rgb24"
                  << "-fps_mode"
                  << "passthrough"
                  << "-f"
                  << "rawvideo" << to[i];
    }
    return run_ffmpeg(arguments);
}

}  // namespace

bool has_ffmpeg() {
    return !QStandardPaths::findExecutable(QStringLiteral("ffmpeg")).isEmpty();
}

bool run_ffmpeg(const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("ffmpeg"), QStringList{"-nostdin", "-v", "error", "-y"} + arguments);
    return process.waitForFinished(kMilliseconds) && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

QStringList formats_of(const QString& encoder) {
    const QRegularExpression line(QStringLiteral("Supported pixel formats: (.*)"));
    const auto found = line.match(said_by_ffmpeg({"-h", "encoder=" + encoder}));
    return found.hasMatch() ? found.captured(1).split(' ', Qt::SkipEmptyParts) : QStringList();
}

QStringList all_formats() {
    const QRegularExpression line(QStringLiteral("^[I.]O\\S* +(\\S+)"));
    QStringList formats;
    for (const QString& text : said_by_ffmpeg({"-pix_fmts"}).split('\n')) {
        if (const auto found = line.match(text); found.hasMatch()) formats << found.captured(1);
    }
    return formats;
}

std::vector<std::string> ffmpeg_pixels(const std::vector<fs::path>& files) {
    const QTemporaryDir folder;
    std::vector<QString> to;
    for (size_t i = 0; i < files.size(); ++i) to.push_back(folder.filePath(QString::number(i)));
    std::vector<bool> whole(files.size(), write_pixels(files, to));
    std::vector<std::string> pixels;
    for (size_t i = 0; i < files.size(); ++i) {
        // If one file cannot be converted, the whole process fails: convert each alone.
        if (!whole[i]) whole[i] = write_pixels({files[i]}, {to[i]});
        pixels.push_back(whole[i] ? read_file(to[i].toStdString()) : std::string());
    }
    return pixels;
}

std::string our_pixels(const fs::path& file, std::string& problem) {
    std::string pixels;
    auto reader = media::VideoReader::open(file);
    if (!reader) {
        problem = reader.error().message;
        return pixels;
    }
    for (int64_t i = 0; i < reader->info().frames; ++i) {
        const auto image = reader->frame(i);
        if (!image) {
            problem = image.error().message;
            return {};
        }
        pixels.append(reinterpret_cast<const char*>(image->rgb.data()), image->rgb.size());
    }
    return pixels;
}

std::string difference(const fs::path& file, const std::string& wanted) {
    std::string problem;
    const std::string ours = our_pixels(file, problem);
    const std::string what = file.filename().string();
    if (!problem.empty()) return fmt::format("{}: {}", what, problem);
    if (ours.size() != wanted.size()) return fmt::format("{}: {} bytes, not {}", what, ours.size(), wanted.size());
    if (ours == wanted) return {};
    int largest = 0;
    for (size_t i = 0; i < ours.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<uint8_t>(ours[i]) - static_cast<uint8_t>(wanted[i])));
    }
    return fmt::format("{}: differs by up to {}", what, largest);
}

std::string difference(const fs::path& file) {
    return difference(file, ffmpeg_pixels({file}).front());
}

}  // namespace rest::test
