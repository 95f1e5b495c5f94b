// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/error.h"
#include "core/gallery/filter_json.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::gallery;

class TestFilterJson : public QObject {
    Q_OBJECT

  private:
    const std::vector<std::string> classes_ = {"juggling \"balls\"", "rowing", "surfing"};
    const std::vector<store::Tag> tags_ = {{3, "missed object", 0}, {8, "mine – 漕艇", 1}};
    const ClipFilter all_ = {.splits = {dataset::Split::val},
                             .labels = {-1, 0, 2},
                             .predicted = {1},
                             .verdicts = {Verdict::wrong},
                             .changes = {Change::became_wrong, Change::other_class},
                             .people = {People::disagree},
                             .margin_from = 0.125,
                             .margin_to = 0.5,
                             .tags = {3, 8},
                             .untagged = true,
                             .noted = true,
                             .words = "a boat"};

  private Q_SLOTS:
    void whatIsWrittenIsReadAgain() {
        for (const ClipFilter& filter : {all_, ClipFilter()}) {
            const auto read = filter_from_json(to_json(filter, classes_, tags_), classes_, tags_);
            QVERIFY(read.filter == filter);
            QVERIFY(read.lost.empty());
        }
    }

    void classesAreFoundWhereTheyStandNow() {
        const auto json = to_json({.labels = {1}}, classes_, tags_);
        const std::vector<std::string> others = {"surfing", "paddling", "rowing"};
        QVERIFY(filter_from_json(json, others, tags_).filter.labels == std::set<int>{2});
    }

    void whatIsGoneIsNamed() {
        const auto read = filter_from_json(to_json(all_, classes_, tags_), {{"rowing"}}, {{{8, "renamed", 1}}});
        QVERIFY(read.filter.tags == std::set<store::TagId>{8});
        QVERIFY((read.filter.labels == std::set<int>{-1}));
        QCOMPARE(read.lost.size(), size_t(3));
        QCOMPARE(read.lost[0], std::string("class \"juggling \"balls\"\""));
        QCOMPARE(read.lost[2], std::string("tag \"missed object\""));
        const auto strange = filter_from_json(R"({"verdicts": ["wrong", "odd", 5], "changes": 7})", classes_, tags_);
        QVERIFY(strange.filter.verdicts == std::set<Verdict>{Verdict::wrong});
        QCOMPARE(strange.lost.size(), size_t(2));
    }

    void whatIsNoFilterIsRefused() {
        for (const char* text : {"", "[]", "{", "7", R"({"tags": [{"id": "x"}]})"})
            QVERIFY_EXCEPTION_THROWN(filter_from_json(text, classes_, tags_), Error);
    }
};

REST_TEST(TestFilterJson)
#include "test_filter_json.moc"
