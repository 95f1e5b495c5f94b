// SPDX-License-Identifier: GPL-3.0-or-later
// The report's exported forms.
#include <QtTest/QtTest>
#include <algorithm>

#include <nlohmann/json.hpp>
#include <set>

#include "core/dataset/csv.h"
#include "core/study/report_text.h"
#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

/// Two people on three clips; Zoë changes her mind once and skips once.
Study studyWithTexts(const ProjectPlace& place) {
    MadeStudy made{.clips = 3};
    made.settings.answers_per_clip = 2;
    Study study = make_study(place.root(), made);
    RatingSession zoe(study, "Zoë, \"Z\"");
    zoe.answer(true, {1000, 0});
    zoe.undo();
    zoe.answer(false, {1500, 1});
    zoe.skip("zu dunkel;\n暗い", {300, 0});
    zoe.answer(true, {800, 0});
    rate_all(study, "anna", [](int64_t) { return true; });
    return study;
}

}  // namespace

class TestStudyText : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyLineOfTheLogInTheCsv() {
        ProjectPlace place;
        const Study study = studyWithTexts(place);
        const auto csv = report_csv(study, false);
        QVERIFY(csv.starts_with("\xEF\xBB\xBFstudy,clip,"));
        dataset::CsvReader reader(csv);
        std::vector<std::string> header, cells;
        QVERIFY(reader.next(header));
        const auto at = [&](const char* name) {
            return static_cast<size_t>(std::find(header.begin(), header.end(), name) - header.begin());
        };
        int rows = 0, current = 0, zoe = 0;
        while (reader.next(cells)) {
            QCOMPARE(cells.size(), header.size());
            ++rows;
            current += cells[at("current")] == "yes";
            zoe += cells[at("annotator")] == "Zoë, \"Z\"";
            const auto& clip = study.clip(std::stoll(cells[at("clip")]));
            QCOMPARE(cells[at("caption")], clip.caption);
            QCOMPARE(cells[at("video")], clip.name);
            if (cells[at("answer")] == "skip") QCOMPARE(cells[at("reason")], std::string("zu dunkel; 暗い"));
        }
        QCOMPARE(rows, 8);
        QCOMPARE(current, 6);
        QCOMPARE(zoe, 5);
    }

    void noCellOfTheCsvIsAFormula() {
        ProjectPlace place;
        const std::vector<std::string> typed = {"=HYPERLINK(\"http://a.example\",\"=\")", "@anna", "+1", "\uff1d1+1"};
        std::vector<StudyClip> clips(1);
        clips[0].name = "-_0l35AkU34_000062_000072.mp4";
        clips[0].caption = "=1+1";
        clips[0].label = "\uff0dclass";
        Study study = Study::create(place.root() / "made.study",
                                    {.uuid = new_uuid(),
                                     .name = "+made",
                                     .created = "2026-01-01T00:00:00Z",
                                     .settings = {.answers_per_clip = 9}},
                                    clips);
        for (const auto& code : typed) RatingSession(study, code).skip("-" + code, {300, 0});
        const auto csv = report_csv(study, false);
        for (const char* live : {",=", ",+", ",-", ",@", ",\"=", ",\" +", ",\uff1d", ",\uff0d", "\n+", "\n="})
            QVERIFY2(csv.find(live) == std::string::npos, live);
        dataset::CsvReader reader(csv);
        std::vector<std::string> cells;
        QVERIFY(reader.next(cells));
        std::set<std::string> people;
        while (reader.next(cells)) {
            QCOMPARE(cells.at(0), std::string("+made"));
            QCOMPARE(cells.at(2), clips[0].name);
            QCOMPARE(cells.at(4), clips[0].caption);
            QCOMPARE(cells.at(5), clips[0].label);
            QCOMPARE(cells.at(10), "-" + cells.at(7));
            people.insert(cells.at(7));
        }
        QCOMPARE(people.size(), typed.size());
        QVERIFY(people.contains(typed[0]));
        // JSON keeps what was typed.
        const auto json = nlohmann::json::parse(report_json(report_study(study)));
        QCOMPARE(json["annotators"].size(), typed.size());
        QVERIFY(std::ranges::any_of(json["annotators"], [&](const auto& a) { return a["annotator"] == typed[0]; }));
    }

    void pseudonymsLeaveNoCode() {
        ProjectPlace place;
        const Study study = studyWithTexts(place);
        const auto report = report_study(study, {.pseudonyms = true});
        for (const auto& text : {report_csv(study, true), report_json(report), report_latex(report)}) {
            QVERIFY(text.find("Zo") == std::string::npos && text.find("anna") == std::string::npos);
        }
        QVERIFY(report_csv(study, true).find("annotator 2") != std::string::npos);
    }

    void oneJsonDocument() {
        ProjectPlace place;
        const Study study = studyWithTexts(place);
        const auto document = nlohmann::json::parse(report_json(report_study(study)));
        QCOMPARE(document["answers"].get<int>(), 5);
        QCOMPARE(document["skips"].get<int>(), 1);
        QCOMPARE(document["people_accuracy"]["clips"].get<int>(), 3);
        QCOMPARE(document["results"].size(), size_t{3});
        QCOMPARE(document["annotators"].size(), size_t{2});
        ProjectPlace other;
        const auto empty = nlohmann::json::parse(report_json(report_study(make_study(other.root()))));
        QVERIFY(empty["people_accuracy"]["percent"].is_null());
        QVERIFY(empty["fleiss_kappa"]["value"].is_null());
        QVERIFY(!empty["fleiss_kappa"]["undefined"].get<std::string>().empty());
    }

    void latexThatCompiles() {
        ProjectPlace place;
        const Study study = studyWithTexts(place);
        auto report = report_study(study);
        report.info.name = "50 % of_all {A&B} #1 $x^2~\\";
        const auto table = report_latex(report);
        QVERIFY(table.find(
                    "50 \\% of\\_all \\{A\\&B\\} \\#1 \\$x\\textasciicircum{}2\\textasciitilde{}\\textbackslash{}") !=
                std::string::npos);
        QVERIFY(table.find("nan") == std::string::npos);
        QVERIFY(table.find("95\\,\\% interval") != std::string::npos);
        QCOMPARE(std::count(table.begin(), table.end(), '{'), std::count(table.begin(), table.end(), '}'));
    }
};

REST_TEST(TestStudyText)
#include "test_study_text.moc"
