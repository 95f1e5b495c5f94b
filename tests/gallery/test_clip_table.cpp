// SPDX-License-Identifier: GPL-3.0-or-later
// An evaluation's clips beside another one's, with what people said and put on them.
#include <QtTest/QtTest>

#include "core/study/study.h"
#include "tests/gallery/made_gallery.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::gallery;
using namespace rest::test;

namespace {

/// A study of clips a and b with the given answers of two people to each.
void make_study(const MadeGallery& made, const std::string& name, const std::string& caption_of_a,
                const std::vector<std::pair<int64_t, study::Choice>>& answers) {
    std::vector<study::StudyClip> clips(2);
    for (int64_t i = 0; i < 2; ++i) {
        auto& clip = clips[static_cast<size_t>(i)];
        clip.id = i;
        clip.name = made.videos[static_cast<size_t>(i)].name;
        clip.path = made.videos[static_cast<size_t>(i)].path;
        clip.caption = i == 0 ? caption_of_a : "surfing a wave";
    }
    std::filesystem::create_directories(study::studies_dir(made.folder));
    auto made_study =
        study::Study::create(study::study_file(made.folder, name),
                             {.uuid = study::new_uuid(), .name = name, .created = "2026-01-01T00:00:00Z"}, clips);
    int person = 0;
    for (const auto& [clip, choice] : answers) {
        const auto annotator = made_study.sign_in("person " + std::to_string(++person));
        made_study.record({.annotator = annotator.uuid, .clip = clip, .sitting = study::new_uuid(), .choice = choice});
    }
}

std::vector<Change> changes_of(const ClipTable& table) {
    std::vector<Change> out;
    for (const auto& clip : table.clips) out.push_back(clip.change);
    return out;
}

}  // namespace

class TestClipTable : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aClipTellsHowItWasRead() {
        const MadeGallery made;
        const auto table = made.table();
        QCOMPARE(table.clips.size(), size_t(4));
        QCOMPARE(table.clips[0].verdict, Verdict::right);
        QCOMPARE(table.clips[1].verdict, Verdict::wrong);
        QCOMPARE(table.clips[3].verdict, Verdict::unlabelled);
        QCOMPARE(table.class_name(table.clips[1].predicted), std::string("surfing"));
        QCOMPARE(table.clips[1].rank, 1);
        QCOMPARE(table.clips[1].margin, .4F - .1F);
        QCOMPARE(table.largest_margin, static_cast<double>(.4F - .1F));
        QCOMPARE(table.unknown_margins, int64_t(0));
        QCOMPARE(table.row_of(made.videos[2].id), 2);
        QCOMPARE(table.row_of(999), -1);
        QCOMPARE(table.clips[0].words, std::string("a person rows a boat"));
    }

    void aLabelCountsAsItStandsNow() {
        MadeGallery made;
        made.videos[1].label = 2;
        made.videos[0].label = 7;  // of no class, as in a damaged project
        const auto table = made.table();
        QCOMPARE(table.clips[1].verdict, Verdict::right);
        QCOMPARE(table.clips[0].verdict, Verdict::unlabelled);
    }

    void changesAreTold() {
        const MadeGallery made;
        QVERIFY(changes_of(made.table(true)) ==
                (std::vector<Change>{Change::same, Change::became_wrong, Change::became_right, Change::only_here}));
        const auto table = made.table(true);
        QCOMPARE(table.clips[2].caption_before, std::string("water"));
        QCOMPARE(table.clips[2].predicted_before, 2);
        QCOMPARE(table.clips[3].predicted_before, -1);
        QVERIFY_EXCEPTION_THROWN(load_clips(made.read(), made.videos, made.at(10), made.at(7)), Error);
        QVERIFY_EXCEPTION_THROWN(load_clips(made.read(), made.videos, made.at(7)), Error);
    }

    void twoWrongClassesAreAChangeOfClass() {
        const MadeGallery made;
        {
            auto project = store::Project::open(made.folder);
            const std::vector<store::PredictionRecord> other = {{made.videos[1].id, "balls", -1, 0, 2},
                                                                {made.videos[3].id, "balls", -1, 0, -1}};
            project.put_predictions(made.run, 6, other);
        }
        const auto table = load_clips(made.read(), made.videos, made.at(10), made.at(6));
        QCOMPARE(table.clips[1].change, Change::other_class);
        QCOMPARE(table.clips[3].change, Change::other_class);  // nobody knows whether it is right
        QCOMPARE(load_clips(made.read(), made.videos, made.at(6)).unknown_margins, int64_t(2));
    }

    void whatPeopleSaidIsFoundByVideoAndCaption() {
        using study::Choice;
        const MadeGallery made;
        QCOMPARE(made.table().judged, int64_t(0));
        make_study(made, "first", "a person  ROWS a boat", {{0, Choice::yes}, {0, Choice::skip}, {1, Choice::no}});
        make_study(made, "second", "some other caption", {{0, Choice::no}, {1, Choice::yes}, {1, Choice::no}});
        const auto table = made.table();
        QVERIFY(table.problems.empty());
        QCOMPARE(table.judged, int64_t(2));
        QCOMPARE(table.clips[0].votes.people(), People::all_yes);
        QCOMPARE(table.clips[0].votes.yes, 1);
        QCOMPARE(table.clips[1].votes.people(), People::disagree);
        QCOMPARE(table.clips[1].votes.no, 2);
        QCOMPARE(table.clips[2].votes.people(), People::unasked);
        write_file_atomically(study::study_file(made.folder, "broken"), "no study");
        const auto again = made.table();
        QCOMPARE(again.problems.size(), size_t(1));
        QVERIFY(again.problems[0].file.find("broken.study") != std::string::npos);
        QCOMPARE(again.judged, int64_t(2));
    }

    void marksAreOfTheCaptionThatTheyWereGivenFor() {
        const MadeGallery made;
        store::TagBook book(made.folder);
        const auto tags = made.read().tags();
        book.put(tags[2].id, made.run, 10, std::vector{made.clip(0), made.clip(2)}, "Anna");
        book.put(tags[0].id, made.run, 10, std::vector{made.clip(0)}, "Ben");
        book.put(tags[0].id, made.run, 5, std::vector{made.clip(1)}, "Ben");
        book.set_note(made.run, 10, made.clip(1), "no wave", "Anna");
        auto marks = load_marks(made.read(), made.table());
        QCOMPARE(marks.marks[0].tags, uint64_t(0b101));
        QCOMPARE(marks.marks[1].tags, uint64_t(0));
        QCOMPARE(marks.notes[static_cast<size_t>(marks.marks[1].note)].text, std::string("no wave"));
        QCOMPARE(marks.taggings_of(made.videos[0].id).size(), size_t(2));
        QCOMPARE(marks.of_other_words, int64_t(0));
        {
            auto project = store::Project::open(made.folder);
            project.put_predictions(made.run, 10,
                                    std::vector<store::PredictionRecord>{{made.videos[0].id, "anew", -1, 1, 0}});
        }
        marks = load_marks(made.read(), made.table());
        QCOMPARE(marks.marks[0].tags, uint64_t(0));
        QCOMPARE(marks.of_other_words, int64_t(2));
    }
};

REST_TEST(TestClipTable)
#include "test_clip_table.moc"
