// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/random.h"
#include "core/media/video_reader.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using nlohmann::json;

namespace {

/// Where cell `i` of `n` begins when `size` pixels are split as by NumPy's array_split: larger cells first.
int cell_start(int size, int n, int i) {
    return i * (size / n) + std::min(i, size % n);
}

/// The sum of |our mean - expected mean| over all cells and colours, and their number.
std::pair<double, int> cell_differences(const Image& image, const json& wanted) {
    double sum = 0;
    const int n = static_cast<int>(wanted.size());
    for (int r = 0; r < n; ++r) {
        for (int q = 0; q < n; ++q) {
            const int top = cell_start(image.height, n, r), bottom = cell_start(image.height, n, r + 1);
            const int left = cell_start(image.width, n, q), right = cell_start(image.width, n, q + 1);
            for (int c = 0; c < 3; ++c) {
                double total = 0;
                for (int y = top; y < bottom; ++y) {
                    for (int x = left; x < right; ++x) total += image.row(y)[3 * x + c];
                }
                sum += std::abs(total / ((bottom - top) * (right - left)) - wanted[r][q][c].get<double>());
            }
        }
    }
    return {sum, n * n * 3};
}

}  // namespace

class TestVideoGolden : public QObject {
    Q_OBJECT

  private:
    static void compare(const std::filesystem::path& file, const json& wanted) {
        auto reader = VideoReader::open(file);
        if (wanted["frames"] == 0) {
            QVERIFY2(!reader, file.c_str());
            return;
        }
        QVERIFY2(reader, reader ? "" : reader.error().message.c_str());
        QCOMPARE(reader->info().frames, wanted["frames"].get<int64_t>());
        QCOMPARE(reader->info().width, wanted["width"].get<int>());
        QCOMPARE(reader->info().height, wanted["height"].get<int>());
        const auto sampled = wanted["sampled"].get<std::vector<int64_t>>();
        QVERIFY(uniform_sample(reader->info().frames, static_cast<int>(sampled.size())) == sampled);
        const auto frames = reader->frames(sampled);
        QVERIFY2(frames, frames ? "" : frames.error().message.c_str());
        double sum = 0;
        int count = 0;
        for (size_t i = 0; i < sampled.size(); ++i) {
            const auto [difference, cells] = cell_differences((*frames)[i], wanted["cells"][i]);
            sum += difference;
            count += cells;
        }
        qInfo("%s: %lld frames, mean difference %.4f", file.filename().c_str(),
              static_cast<long long>(reader->info().frames), sum / count);
        QVERIFY2(sum / count <= 2, file.c_str());
    }

  private Q_SLOTS:
    void framesEqualFfmpegs() {
        REST_REFERENCE_OR_SKIP(golden, "golden/media");
        REST_REFERENCE_OR_SKIP(videos, "videos");
        const json wanted = test::read_json(golden / "frames.json");
        QVERIFY(!wanted.empty());
        for (const auto& [name, entry] : wanted.items()) {
            compare(videos / name, entry);
            if (QTest::currentTestFailed()) return;
        }
    }

    void seekingChangesNothing() {
        REST_REFERENCE_OR_SKIP(videos, "videos");
        for (const auto& file : std::filesystem::directory_iterator(videos)) {
            auto forward = VideoReader::open(file.path());
            auto random = VideoReader::open(file.path());
            if (!forward) continue;
            const int64_t n = forward->info().frames;
            std::vector<Image> wanted;
            for (int64_t i = 0; i < n; ++i) wanted.push_back(*forward->frame(i));
            Random draw(11);
            for (int k = 0; k < 24; ++k) {
                const auto i = static_cast<int64_t>(draw.below(static_cast<uint32_t>(n)));
                const auto image = random->frame(i);
                QVERIFY2(image && image->rgb == wanted[i].rgb, file.path().c_str());
            }
            const auto sampled = uniform_sample(n);
            const auto images = random->frames(sampled);
            QVERIFY(images);
            for (size_t i = 0; i < sampled.size(); ++i) QVERIFY((*images)[i].rgb == wanted[sampled[i]].rgb);
        }
    }

    void severalThreadsChangeNothing() {
        REST_REFERENCE_OR_SKIP(videos, "videos");
        for (const auto& file : std::filesystem::directory_iterator(videos)) {
            auto one = VideoReader::open(file.path());
            if (!one) continue;
            std::vector<Image> wanted;
            for (int64_t i = 0; i < one->info().frames; ++i) wanted.push_back(*one->frame(i));
            for (const int threads : {2, 3, 4, 8}) {
                auto several = VideoReader::open(file.path(), {.threads = threads});
                QVERIFY(several);
                for (const int samples : {8, 3, 40}) {
                    const auto sampled = uniform_sample(one->info().frames, samples);
                    const auto images = several->frames(sampled);
                    QVERIFY(images);
                    for (size_t i = 0; i < sampled.size(); ++i) QVERIFY((*images)[i].rgb == wanted[sampled[i]].rgb);
                }
                for (size_t i = 0; i < wanted.size(); ++i) {
                    const auto image = several->frame(static_cast<int64_t>(i));
                    QVERIFY2(image && image->rgb == wanted[i].rgb, file.path().c_str());
                }
            }
        }
    }
};

REST_TEST(TestVideoGolden)
#include "test_video_golden.moc"
