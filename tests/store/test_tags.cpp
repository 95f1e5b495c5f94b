// SPDX-License-Identifier: GPL-3.0-or-later
// What people say of captions: tags, notes and named filters, beside a job that holds the project.
#include <QtTest/QtTest>

#include "core/store/schema.h"
#include "core/store/tag_book.h"
#include "tests/store/made_project.h"
#include "tests/store/project_file.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
using namespace rest::test;

namespace {

std::vector<std::string> names_of(const std::vector<Tag>& tags) {
    std::vector<std::string> names;
    for (const auto& tag : tags) names.push_back(tag.name);
    return names;
}

/// Two videos, a run, and what it said of them at epoch 5.
struct Said {
    ProjectPlace place;
    std::vector<VideoId> videos;
    RunId run = 0;
    std::vector<TaggedClip> clips;

    Said() {
        Project project = Project::create(place.folder());
        videos = put_videos(project, 2);
        run = project.add_run("a", "{}");
        project.put_predictions(run, 5,
                                std::vector<PredictionRecord>{{videos[0], "a person is rowing", -1, 0, 0},
                                                              {videos[1], "A Person is rowing", -1, 1, 2}});
        for (const auto& p : project.predictions(run, 5)) clips.push_back({p.video, p.caption});
    }
    Project read() const { return Project::open(place.folder(), OpenMode::read_only); }
};

}  // namespace

class TestTags : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aProjectBeginsWithThePapersKinds() {
        const Said said;
        QCOMPARE(names_of(said.read().tags()),
                 (std::vector<std::string>{"missed object", "wrong temporal flow", "bias of the pre-trained model",
                                           "hallucinated context", "hallucinated action"}));
    }

    void aProjectOfTheVersionBeforeGetsThem() {
        const ProjectPlace place;
        std::filesystem::create_directories(place.folder());
        {
            Database db(database_of(place.folder()), Access::create);
            make_schema(db, schema_steps().first(3));
            db.execute(
                "INSERT INTO videos VALUES (1, 'a', '/a', 1, 0, 1, 1, 1, 1, 1, 1, '', '');"
                "INSERT INTO runs (name, created, settings, status) VALUES ('r', '', '{}', 3);"
                "INSERT INTO texts (text) VALUES ('rowing');"
                "INSERT INTO predictions VALUES (1, 5, 1, 1, -0.5, 3, 2)");
        }
        const Project project = Project::open(place.folder(), OpenMode::read_only);
        QCOMPARE(project.tags().size(), size_t(5));
        QCOMPARE(project.taggings(1, 5).size(), size_t(0));
        const auto kept = project.predictions(1, 5);
        QCOMPARE(kept.size(), size_t(1));
        QCOMPARE(kept[0].caption, std::string("rowing"));
        QCOMPARE(kept[0].predicted, 3);
        QVERIFY(kept[0].nearest.empty());
    }

    void theNearestClassesAreKeptToTheBit() {
        const Said said;
        const std::vector<NearClass> nearest = {{4, 0.31F}, {0, 0.30999997F}, {400, -1.0F}};
        {
            Project project = Project::open(said.place.folder());
            const std::vector<PredictionRecord> predictions = {{said.videos[0], "x", -1, 4, 0, nearest},
                                                               {said.videos[1], "y", -1, 4, 0}};
            project.put_predictions(said.run, 6, predictions);
        }
        const auto kept = said.read().predictions(said.run, 6);
        QVERIFY(kept[0].nearest == nearest);
        QVERIFY(kept[1].nearest.empty());
        execute(database_of(said.place.folder()), "UPDATE predictions SET nearest = x'010203'");
        QCOMPARE(code_thrown([&] { said.read().predictions(said.run, 6); }), std::string("damaged"));
    }

    void aTagIsPutAndTakenWithWhoAndWhen() {
        const Said said;
        TagBook book(said.place.folder());
        const TagId tag = said.read().tags()[1].id;
        const auto added = book.put(tag, said.run, 5, said.clips, "  Anna  B ");
        QCOMPARE(added.size(), size_t(2));
        const auto kept = said.read().taggings(said.run, 5);
        QVERIFY(kept == added);
        QCOMPARE(kept[0].who, std::string("Anna B"));
        QVERIFY(kept[0].time.size() == 20 && kept[0].time.back() == 'Z');
        QCOMPARE(kept[1].caption, std::string("A Person is rowing"));
        // Again by somebody else: it is Anna's still, and nothing is new.
        QCOMPARE(book.put(tag, said.run, 5, said.clips, "Ben").size(), size_t(0));
        QVERIFY(said.read().taggings(said.run, 5) == added);
        const auto taken = book.take(tag, said.run, 5, said.clips);
        QVERIFY(taken == added);
        QVERIFY(said.read().taggings(said.run, 5).empty());
        book.restore(said.run, 5, taken);
        QVERIFY(said.read().taggings(said.run, 5) == added);
        book.take(said.run, 5, taken);
        QVERIFY(said.read().taggings(said.run, 5).empty());
    }

    void aTagStaysWithTheWordsThatItWasGivenFor() {
        const Said said;
        TagBook book(said.place.folder());
        const TagId tag = said.read().tags()[0].id;
        book.put(tag, said.run, 5, std::span(said.clips).first(1), "Anna");
        {
            Project project = Project::open(said.place.folder());
            project.put_predictions(said.run, 5,
                                    std::vector<PredictionRecord>{{said.videos[0], "someone surfs", -1, 2, 2}});
        }
        const auto kept = said.read().taggings(said.run, 5);
        QCOMPARE(kept.size(), size_t(1));
        QCOMPARE(kept[0].caption, std::string("a person is rowing"));
        QVERIFY(said.read().taggings(said.run, 6).empty());
        QVERIFY(book.take(tag, said.run, 5, std::vector<TaggedClip>{{said.videos[0], "someone surfs"}}).empty());
    }

    void tagsAreMadeNamedColouredAndOrdered() {
        const Said said;
        TagBook book(said.place.folder());
        const Tag made = book.add("  wrong\tplace ", 7);
        QCOMPARE(made.name, std::string("wrong place"));
        QVERIFY(said.read().tags().back() == made);
        book.rename(made.id, "Wrong Place");  // its own name in another case
        book.recolour(made.id, 2);
        auto tags = said.read().tags();
        QVERIFY((tags.back() == Tag{made.id, "Wrong Place", 2}));
        std::vector<TagId> order;
        for (const auto& tag : tags) order.insert(order.begin(), tag.id);
        book.reorder(order);
        tags = said.read().tags();
        QCOMPARE(tags.front().name, std::string("Wrong Place"));
        QCOMPARE(tags.back().name, std::string("missed object"));
    }

    void wrongNamesAndColoursAreRefused() {
        const Said said;
        TagBook book(said.place.folder());
        const auto before = said.read().tags();
        const auto refused = [](auto&& work) { return code_thrown(work) == "invalid_argument"; };
        QVERIFY(refused([&] { book.add(" \t", 0); }));
        QVERIFY(refused([&] { book.add("Missed  OBJECT", 0); }));
        QVERIFY(refused([&] { book.add(std::string(201, 'x'), 0); }));
        QVERIFY(refused([&] { book.add("new", kTagColours); }));
        QVERIFY(refused([&] { book.add("new", -1); }));
        QVERIFY(refused([&] { book.rename(before[1].id, before[0].name); }));
        QVERIFY(refused([&] { book.put(before[0].id, said.run, 5, said.clips, "  "); }));
        QVERIFY(refused([&] { book.set_note(said.run, 5, said.clips[0], std::string(20001, 'x'), "Anna"); }));
        QCOMPARE(code_thrown([&] { book.rename(99, "new"); }), std::string("not_found"));
        QCOMPARE(code_thrown([&] { book.put(99, said.run, 5, said.clips, "Anna"); }), std::string("not_found"));
        QVERIFY(said.read().tags() == before);
        for (size_t i = before.size(); i < kMostTags; ++i) book.add("tag " + std::to_string(i), 0);
        QVERIFY(refused([&] { book.add("one too many", 0); }));
    }

    void aRemovedTagComesBackWithAllThatItWasOn() {
        const Said said;
        TagBook book(said.place.folder());
        const auto before = said.read().tags();
        book.put(before[2].id, said.run, 5, said.clips, "Anna");
        book.put(before[3].id, said.run, 5, said.clips, "Ben");
        const auto taggings = said.read().taggings(said.run, 5);
        const auto removed = book.remove(before[2].id);
        QCOMPARE(said.read().tags().size(), before.size() - 1);
        QCOMPARE(said.read().taggings(said.run, 5).size(), size_t(2));
        book.restore(removed);
        QVERIFY(said.read().tags() == before);
        QVERIFY(said.read().taggings(said.run, 5) == taggings);
        book.remove(before[2].id);
        book.add(before[2].name, 1);  // somebody takes the name meanwhile
        QCOMPARE(code_thrown([&] { book.restore(removed); }), std::string("invalid_argument"));
    }

    void aNoteIsWrittenChangedAndRemoved() {
        const Said said;
        TagBook book(said.place.folder());
        QVERIFY(!book.set_note(said.run, 5, said.clips[0], " the boat is\nhidden ", "Anna"));
        auto notes = said.read().clip_notes(said.run, 5);
        QCOMPARE(notes.size(), size_t(1));
        QCOMPARE(notes[0].text, std::string("the boat is\nhidden"));
        QCOMPARE(notes[0].who, std::string("Anna"));
        const auto before = book.set_note(said.run, 5, said.clips[0], "", "Ben");
        QVERIFY(before == notes[0]);
        QVERIFY(said.read().clip_notes(said.run, 5).empty());
        book.restore_note(said.run, 5, said.clips[0], before);
        QVERIFY(said.read().clip_notes(said.run, 5) == notes);
        book.restore_note(said.run, 5, said.clips[0], {});
        QVERIFY(said.read().clip_notes(said.run, 5).empty());
    }

    void filtersAreKeptByName() {
        const Said said;
        TagBook book(said.place.folder());
        QVERIFY(!book.save_filter("wrong on val", "{\"a\":1}", "Anna"));
        const auto first = said.read().saved_filters();
        QCOMPARE(first.size(), size_t(1));
        QVERIFY(book.save_filter(" wrong  on val", "{\"a\":2}", "Ben") == first[0]);
        QCOMPARE(said.read().saved_filters()[0].filter, std::string("{\"a\":2}"));
        const auto removed = book.remove_filter("wrong on val");
        QVERIFY(removed && removed->who == "Ben");
        QVERIFY(said.read().saved_filters().empty());
        QVERIFY(!book.remove_filter("wrong on val"));
        book.restore_filter(*removed);
        QVERIFY(said.read().saved_filters() == std::vector<SavedFilter>{*removed});
        QCOMPARE(code_thrown([&] { book.save_filter("", "{}", "Anna"); }), std::string("invalid_argument"));
    }

    void peopleTagWhileAJobHoldsTheProject() {
        const Said said;
        Project job = Project::open(said.place.folder());  // as a training does
        TagBook book(said.place.folder());
        TagBook another(said.place.folder());
        const auto tags = said.read().tags();
        QCOMPARE(book.put(tags[0].id, said.run, 5, said.clips, "Anna").size(), size_t(2));
        job.put_predictions(said.run, 10, std::vector<PredictionRecord>{{said.videos[0], "later", -1, 0, 0}});
        QCOMPARE(another.put(tags[1].id, said.run, 5, said.clips, "Ben").size(), size_t(2));
        QCOMPARE(job.taggings(said.run, 5).size(), size_t(4));
        QCOMPARE(job.predictions(said.run, 10).size(), size_t(1));
    }

    void whatIsNoProjectIsRefused() {
        const ProjectPlace place;
        QCOMPARE(code_thrown([&] { TagBook(place.root() / "none.rest"); }), std::string("not_found"));
        const Said said;
        execute(database_of(said.place.folder()), "PRAGMA user_version = 99");
        QCOMPARE(code_thrown([&] { TagBook(said.place.folder()); }), std::string("newer_version"));
    }
};

REST_TEST(TestTags)
#include "test_tags.moc"
