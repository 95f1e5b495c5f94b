// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "tests/store/made_project.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

GeneratedCaption made(VideoId video, int step, const std::string& text, const std::string& prompt, int frame,
                      double score = -1) {
    return {video, step, text, step == 0 ? "blip" : "run 1 epoch 15", prompt, frame, score};
}

}  // namespace

class TestCaptions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void firstCaptionsComeBackInOrder() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 2);
        const RunId run = project.add_run("a", "{}");
        std::vector<GeneratedCaption> rows;
        for (const VideoId id : {ids[1], ids[0]}) {
            for (const char* prompt : {"a video of ", "a person is", "someone is"}) {
                for (int frame = 0; frame < 2; ++frame) {
                    rows.push_back(made(id, 0, "ein Boot – " + std::string(prompt) + std::to_string(frame), prompt,
                                        frame, -0.1 * frame));
                }
            }
        }
        project.add_generated(run, rows);
        const auto found = project.generated(run, 0);
        QCOMPARE(found.size(), rows.size());
        for (size_t i = 0; i < found.size(); ++i) {
            const auto& expected = rows[(i + 6) % 12];
            QCOMPARE(found[i].video, expected.video);
            QCOMPARE(found[i].text, expected.text);
            QCOMPARE(found[i].prompt, expected.prompt);
            QCOMPARE(found[i].model, std::string("blip"));
            QCOMPARE(found[i].frame, expected.frame);
            QCOMPARE(found[i].score, expected.score);
        }
        QVERIFY(project.generated(run, 1).empty());
    }

    void captioningAgainReplaces() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 1);
        const RunId run = project.add_run("a", "{}");
        project.add_generated(
            run, std::vector{made(ids[0], 0, "before", "a person is", 3), made(ids[0], 0, "kept", "a person is", 4)});
        project.add_generated(run, std::vector{made(ids[0], 0, "after", "a person is", 3, -0.5)});
        const auto found = project.generated(run, 0);
        QCOMPARE(found.size(), size_t(2));
        QCOMPARE(found[0].text, std::string("after"));
        QCOMPARE(found[0].score, -0.5);
        QCOMPARE(found[1].text, std::string("kept"));
    }

    void everyStepIsKeptBestFirst() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 3);
        const RunId run = project.add_run("a", "{}");
        QCOMPARE(project.last_step(run), -1);
        for (int step = 0; step < 3; ++step) {
            std::vector<std::vector<CaptionRecord>> lists;
            for (const VideoId id : ids) {
                std::vector<CaptionRecord> list;
                for (int rank = 0; rank < 12; ++rank) {
                    list.push_back(made_caption("step " + std::to_string(step) + " video " + std::to_string(id) +
                                                    " rank " + std::to_string(rank),
                                                1.0 - 0.01 * rank, id));
                }
                lists.push_back(list);
            }
            lists[2].clear();
            project.put_step(run, step, ids, lists);
            QCOMPARE(project.last_step(run), step);
        }
        const auto all = project.captions(run, ids[1]);
        QCOMPARE(all.size(), size_t(36));
        for (size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(all[i].step, static_cast<int>(i / 12));
            QCOMPARE(all[i].rank, static_cast<int>(i % 12));
            QCOMPARE(all[i].text, "step " + std::to_string(i / 12) + " video 2 rank " + std::to_string(i % 12));
        }
        QCOMPARE(project.captions(run, ids[1], 1).size(), size_t(12));
        QVERIFY(project.captions(run, ids[2]).empty());
        QVERIFY(project.captions(run, ids[1], 3).empty());
        const std::vector<VideoId> wanted = {ids[2], ids[1], 99, ids[0]};
        const auto texts = project.caption_texts(run, 2, wanted);
        QCOMPARE(texts.size(), size_t(4));
        QVERIFY(texts[0].empty() && texts[2].empty());
        QCOMPARE(texts[1].at(0), std::string("step 2 video 2 rank 0"));
        QCOMPARE(texts[3].at(11), std::string("step 2 video 1 rank 11"));
    }

    void aStepPutAgainReplacesOnlyItself() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 2);
        const RunId run = project.add_run("a", "{}");
        const RunId other = project.add_run("b", "{}");
        using Lists = std::vector<std::vector<CaptionRecord>>;
        const Lists old_lists = {{made_caption("x", 1, ids[0]), made_caption("y", 0.5, ids[0])},
                                 {made_caption("z", 1, ids[1])}};
        for (const RunId r : {run, other}) {
            project.put_step(r, 0, ids, old_lists);
            project.put_step(r, 1, ids, old_lists);
        }
        project.put_step(run, 1, ids, Lists{{made_caption("new", 1, ids[0])}, {}});
        QCOMPARE(project.captions(run, ids[0], 1).size(), size_t(1));
        QVERIFY(project.captions(run, ids[1], 1).empty());
        QCOMPARE(project.captions(run, ids[0], 0).size(), size_t(2));
        QCOMPARE(project.captions(other, ids[0], 1).size(), size_t(2));
    }

    void aListSaysWhereItsCaptionsCameFrom() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 2);
        const RunId other = project.add_run("b", "{}");
        const RunId run = project.add_run("a", "{}");
        project.add_generated(other, std::vector{made(ids[1], 0, "someone is rowing", "of another run", 0)});
        project.add_generated(
            run, std::vector{made(ids[0], 0, "a boat", "a video of ", 5), made(ids[1], 0, "a lake", "a video of ", 0),
                             made(ids[1], 0, "Someone is  rowing", "someone is", 2),
                             made(ids[1], 0, "someone is rowing", "someone is", 6)});
        project.add_generated(run, std::vector{made(ids[0], 1, "a boat", "a video of ", -1),
                                               made(ids[0], 1, "a red boat", "second", -1)});
        const std::vector<std::vector<CaptionRecord>> lists = {
            {made_caption("someone is rowing", 0.9, ids[1], CaptionOrigin::retrieved),
             made_caption("a boat", 0.8, ids[0]), made_caption("a red boat", 0.7, ids[0]),
             made_caption("never said", 0.6, ids[1], CaptionOrigin::retrieved)}};
        const std::vector<VideoId> first = {ids[0]};
        project.put_step(run, 0, first, lists);
        project.put_step(run, 1, first, lists);
        const auto at_0 = project.captions(run, ids[0], 0);
        QCOMPARE(at_0.size(), size_t(4));
        QCOMPARE(at_0[0].origin, CaptionOrigin::retrieved);
        QCOMPARE(at_0[0].source_video, ids[1]);
        QCOMPARE(at_0[0].clip_score, 0.9);
        // Captions are compared ignoring case and whitespace, so the first is the one of frame 2.
        QVERIFY(at_0[0].maker.has_value());
        QCOMPARE(at_0[0].maker->video, ids[1]);
        QCOMPARE(at_0[0].maker->prompt, std::string("someone is"));
        QCOMPARE(at_0[0].maker->frame, 2);
        QCOMPARE(at_0[0].maker->text, std::string("Someone is  rowing"));
        QCOMPARE(at_0[1].maker.value().frame, 5);
        QVERIFY(!at_0[2].maker.has_value());
        QVERIFY(!at_0[3].maker.has_value());
        const auto at_1 = project.captions(run, ids[0], 1);
        QCOMPARE(at_1[1].maker.value().step, 0);
        QCOMPARE(at_1[2].maker.value().step, 1);
        QCOMPARE(at_1[2].maker.value().model, std::string("run 1 epoch 15"));
        const auto history = project.generated_for(run, ids[0]);
        QCOMPARE(history.size(), size_t(3));
        QCOMPARE(history[0].step, 0);
        QCOMPARE(history[2].text, std::string("a red boat"));
    }

    void aStepIsWrittenWholeOrNotAtAll() {
        ProjectPlace place;
        Project project = Project::create(place.folder());
        const auto ids = put_videos(project, 2);
        const RunId run = project.add_run("a", "{}");
        using Lists = std::vector<std::vector<CaptionRecord>>;
        project.put_step(run, 0, ids, Lists{{made_caption("x", 1, ids[0])}, {made_caption("y", 1, ids[1])}});
        const std::vector<VideoId> with_stranger = {ids[0], 4711};
        const Lists lists = {{made_caption("new", 1, ids[0])}, {made_caption("new", 1, ids[1])}};
        QCOMPARE(code_thrown([&] { project.put_step(run, 0, with_stranger, lists); }), std::string("invalid_argument"));
        QCOMPARE(code_thrown([&] { project.put_step(99, 0, ids, lists); }), std::string("invalid_argument"));
        QCOMPARE(code_thrown([&] { project.put_step(99, 0, {}, {}); }), std::string("not_found"));
        QCOMPARE(code_thrown([&] { project.put_step(run, 0, {}, lists); }), std::string("invalid_argument"));
        QCOMPARE(project.captions(run, ids[0], 0).at(0).text, std::string("x"));
        QCOMPARE(project.captions(run, ids[1], 0).at(0).text, std::string("y"));
        QCOMPARE(code_thrown([&] {
                     project.add_generated(run, std::vector{made(ids[0], 0, "a", "p", 0), made(4711, 0, "b", "p", 0)});
                 }),
                 std::string("invalid_argument"));
        QVERIFY(project.generated(run, 0).empty());
    }
};

REST_TEST(TestCaptions)
#include "test_captions.moc"
