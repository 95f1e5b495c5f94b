// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <QtTest/QtTest>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/media/video_reader.h"
#include "tests/media/clip_maker.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

void put_le(std::string& out, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

/// A tenth of a second of silence: audio without video.
std::string wav_file() {
    const uint32_t data_bytes = 1600;
    std::string out = "RIFF";
    put_le(out, 36 + data_bytes, 4);
    out += "WAVEfmt ";
    put_le(out, 16, 4);
    put_le(out, 1, 2);
    put_le(out, 1, 2);
    put_le(out, 8000, 4);
    put_le(out, 16000, 4);
    put_le(out, 2, 2);
    put_le(out, 16, 2);
    out += "data";
    put_le(out, data_bytes, 4);
    return out + std::string(data_bytes, '\0');
}

}  // namespace

class TestVideoProblems : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path file(const std::string& name) const { return fs::path(dir_.path().toStdString()) / name; }

    static void expectProblem(const fs::path& path, ErrorCode code, const MediaLimits& limits = {}) {
        const auto reader = VideoReader::open(path, limits);
        QVERIFY2(!reader, path.c_str());
        QCOMPARE(reader.error().code, code);
        QCOMPARE(reader.error().file, path.string());
        QVERIFY(!reader.error().message.empty());
        QVERIFY(!reader.error().remedy.empty());
    }

  private Q_SLOTS:
    void filesThatAreNoVideos() {
        expectProblem(file("nothing here.mp4"), ErrorCode::not_found);
        expectProblem(dir_.path().toStdString(), ErrorCode::unsupported);
        write_file_atomically(file("empty.mp4"), "");
        expectProblem(file("empty.mp4"), ErrorCode::damaged);
        write_file_atomically(file("Text, kein Film – ö.mp4"), "Dear diary, today I watched no videos at all.\n");
        expectProblem(file("Text, kein Film – ö.mp4"), ErrorCode::damaged);
        write_file_atomically(file("sound.mp4"), wav_file());
        expectProblem(file("sound.mp4"), ErrorCode::unsupported);
    }

    void playListsDoNotOpenOtherFiles() {
        make_clip(file("target.mp4"), 5);
        const std::string list =
            "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:1,\n" + file("target.mp4").string() + "\n#EXT-X-ENDLIST\n";
        write_file_atomically(file("list.m3u8"), list);
        expectProblem(file("list.m3u8"), ErrorCode::damaged);
        write_file_atomically(file("list.mp4"), "ffconcat version 1.0\nfile target.mp4\n");
        expectProblem(file("list.mp4"), ErrorCode::damaged);
    }

    void aCutFileIsAProblemWhereverItIsCut() {
        make_clip(file("whole.mp4"), 30);
        const std::string whole = read_file(file("whole.mp4"));
        for (const double part : {0.001, 0.01, 0.2, 0.5, 0.8}) {
            write_file_atomically(file("cut.mp4"), whole.substr(0, static_cast<size_t>(whole.size() * part) + 1));
            expectProblem(file("cut.mp4"), ErrorCode::damaged);
        }
        // The index is at the end: the frames are there, but their positions are unknown.
        write_file_atomically(file("cut.mp4"), whole.substr(0, whole.size() - 200));
        const auto reader = VideoReader::open(file("cut.mp4"));
        QVERIFY(!reader || reader->info().frames <= 30);
    }

    void anyByteMayBeWrong() {
        make_clip(file("fuzzed.mp4"), 12);
        const std::string whole = read_file(file("fuzzed.mp4"));
        for (size_t at = 0; at < whole.size(); at += 37) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0xa5);
            std::ofstream(file("changed.mp4"), std::ios::binary) << changed;
            auto reader = VideoReader::open(file("changed.mp4"));
            if (!reader) continue;
            const auto images = reader->sample(8);
            if (!images) continue;
            for (const Image& image : *images) {
                QCOMPARE(image.width, reader->info().width);
                QCOMPARE(image.height, reader->info().height);
            }
        }
    }

    void coloursThatNoEnumHasAreTakenForTheUsualOnes() {
        // MPEG-2 with the matrix coefficients 243, found by fuzzing: reading them as an enum was undefined behaviour.
        auto reader = VideoReader::open(test::source_dir() / "tests/fuzz/corpus/media/ok_colours_that_no_enum_has");
        QVERIFY(reader);
        const auto images = reader->sample(2);
        QVERIFY(images);
        QCOMPARE(images->front().width, reader->info().width);
    }

    void noFrameIsAProblem() {
        make_clip(file("blank.mp4"), 10);
        const std::string whole = read_file(file("blank.mp4"));
        const size_t begin = whole.find("mdat") + 4, end = whole.find("moov") - 4;
        QVERIFY(begin < end && end < whole.size());
        damage_file(file("blank.mp4"), begin, std::string(end - begin, '\0'));
        expectProblem(file("blank.mp4"), ErrorCode::damaged);
    }

    void whatIsNoFileIsNotWaitedFor() {
        // No one writes to the pipe, and the device never ends.
        QCOMPARE(::mkfifo(file("pipe.mp4").c_str(), 0600), 0);
        expectProblem(file("pipe.mp4"), ErrorCode::unsupported);
        fs::create_symlink(file("pipe.mp4"), file("to a pipe.mp4"));
        expectProblem(file("to a pipe.mp4"), ErrorCode::unsupported);
        expectProblem("/dev/zero", ErrorCode::unsupported);
    }

    void aClipThatNeverEndsIsAbandoned() {
        // Four terabytes of zeros, in which FFmpeg would search for the next picture.
        write_file_atomically(file("endless.h264"), std::string("\0\0\0\1\x67\x42\x00\x0a", 8));
        std::error_code error;
        fs::resize_file(file("endless.h264"), uintmax_t{1} << 42, error);
        if (error) QSKIP("The file system takes no file of four terabytes, even of holes");
        MediaLimits limits;
        limits.stall_seconds = 0.2;
        limits.probe_bytes = int64_t{1} << 40;
        expectProblem(file("endless.h264"), ErrorCode::damaged, limits);
        const auto reader = VideoReader::open(file("endless.h264"), limits);
        QVERIFY2(reader.error().message.find("0.2") != std::string::npos, reader.error().message.c_str());
    }

    void probingStopsWhereItsLimitIs() {
        make_clip(file("probed.mp4"), 10);
        MediaLimits short_sighted;
        short_sighted.probe_bytes = 32;  // FFmpeg's minimum
        auto reader = VideoReader::open(file("probed.mp4"), short_sighted);
        QVERIFY(!reader || reader->info().frames == 10);
    }

    void framesAreCountedUpToALimit() {
        make_clip(file("long.mp4"), 10);
        MediaLimits limits;
        limits.max_packets = 9;
        expectProblem(file("long.mp4"), ErrorCode::unsupported, limits);
        limits.max_packets = 10;
        QVERIFY(VideoReader::open(file("long.mp4"), limits));
    }

    void limitsAreKept() {
        make_clip(file("limits.mp4"), 10);
        MediaLimits small;
        small.max_pixels = 96 * 64 - 1;
        expectProblem(file("limits.mp4"), ErrorCode::unsupported, small);
        MediaLimits hurried;
        hurried.stall_seconds = 0;
        expectProblem(file("limits.mp4"), ErrorCode::damaged, hurried);
        MediaLimits exact;
        exact.max_pixels = 96 * 64;
        exact.max_streams = 1;
        QVERIFY(VideoReader::open(file("limits.mp4"), exact));
    }

    void ffmpegSpeaksToTheLog() {
        std::ostringstream heard;
        const auto before = spdlog::default_logger();
        auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(heard));
        logger->set_level(spdlog::level::debug);
        spdlog::set_default_logger(logger);
        make_clip(file("cut again.mp4"), 10);
        write_file_atomically(file("cut again.mp4"), read_file(file("cut again.mp4")).substr(0, 600));
        const auto reader = VideoReader::open(file("cut again.mp4"));
        spdlog::set_default_logger(before);
        QVERIFY(!reader);
        QVERIFY2(heard.str().find("moov atom not found") != std::string::npos, heard.str().c_str());
    }
};

REST_TEST(TestVideoProblems)
#include "test_video_problems.moc"
