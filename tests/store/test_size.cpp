// SPDX-License-Identifier: GPL-3.0-or-later
// Speed and size at a hundred thousand videos; the bounds leave slow machines an order of magnitude.
#include <QtTest/QtTest>

#include "tests/store/made_project.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

class TestSize : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aHundredThousandVideos() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        constexpr int64_t kVideos = 100000;
        test::ProcessorTimer timer;
        timer.start();
        const auto ids = put_videos(project, kVideos);
        qInfo("put_videos: %lld ms", static_cast<long long>(timer.restart()));
        const auto videos = project.videos();
        const auto read_ms = timer.restart();
        qInfo("videos(): %lld ms", static_cast<long long>(read_ms));
        QCOMPARE(videos.size(), static_cast<size_t>(kVideos));
        QVERIFY(read_ms < 5000);

        // Twenty-four first captions per video, many of which are alike, as in real runs.
        const RunId run = project.add_run("a", "{}");
        constexpr int64_t kCaptioned = 5000;
        for (int64_t n = 0; n < kCaptioned; n += 8) {
            std::vector<GeneratedCaption> rows;
            for (int64_t v = n; v < n + 8; ++v) {
                for (int i = 0; i < 24; ++i) {
                    const std::string text =
                        "a person is doing thing number " + std::to_string((v * 7 + i * i) % 20000) + " outdoors";
                    rows.push_back({ids[static_cast<size_t>(v)], 0, text, "blip",
                                    i < 8    ? "a video of "
                                    : i < 16 ? "a person is"
                                             : "someone is",
                                    i % 8, -0.5});
                }
            }
            project.add_generated(run, rows);
        }
        const auto rows_ms = timer.restart();
        qInfo("%lld first captions: %lld ms", static_cast<long long>(kCaptioned * 24), static_cast<long long>(rows_ms));

        std::vector<std::vector<CaptionRecord>> lists(ids.size());
        for (size_t i = 0; i < ids.size(); ++i) {
            for (int k = 0; k < 3; ++k) {
                lists[i].push_back(made_caption("a person is doing thing number " +
                                                    std::to_string((i * 3 + static_cast<size_t>(k)) % 20000) +
                                                    " outdoors",
                                                0.3, ids[(i + 5) % ids.size()], CaptionOrigin::retrieved));
            }
        }
        timer.restart();
        project.put_step(run, 0, ids, lists);
        qInfo("put_step of %lld lists: %lld ms", static_cast<long long>(kVideos),
              static_cast<long long>(timer.restart()));
        QCOMPARE(project.caption_texts(run, 0, ids).size(), ids.size());
        const auto texts_ms = timer.restart();
        qInfo("caption_texts of all: %lld ms", static_cast<long long>(texts_ms));
        QVERIFY(texts_ms < 10000);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(project.captions(run, ids[static_cast<size_t>(i)], 0).size(), size_t(3));
        const auto lists_ms = timer.restart();
        qInfo("1,000 lists with makers: %lld ms", static_cast<long long>(lists_ms));
        QVERIFY(lists_ms < 5000);
    }
};

REST_TEST(TestSize)
#include "test_size.moc"
