// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/random.h"
#include "core/study/study_report.h"
#include "tests/study/made_study.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

/// Twelve clips, four people each: people say yes to clips below 8, one of them (dora) to every other clip.
Study ratedStudy(const ProjectPlace& place) {
    MadeStudy made{.clips = 12, .training = 1, .controls = 2};
    made.settings.answers_per_clip = 4;
    Study study = make_study(place.root(), made);
    for (const char* code : {"anna", "bert", "carl"})
        rate_all(
            study, code, [](int64_t clip) { return clip < 8; }, 2000);
    rate_all(
        study, "dora", [](int64_t clip) { return clip % 2 == 0; }, 900);
    return study;
}

}  // namespace

class TestStudyReport : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void countedByHand() {
        ProjectPlace place;
        const Study study = ratedStudy(place);
        const auto report = report_study(study);
        QCOMPARE(report.clips, 12);
        QCOMPARE(report.rated_clips, 12);
        QCOMPARE(report.full_clips, 12);
        QCOMPARE(report.answers, 48);
        QCOMPARE(report.skips, 0);
        QCOMPARE(report.people.part, 8);  // three of four outvote dora
        QCOMPARE(report.people.whole, 12);
        // CLIP-TAM: wrong on 0, 3, 6, 9 of the eleven labelled; people say no from 8 on.
        QCOMPARE(report.clip_tam.part, 7);
        QCOMPARE(report.clip_tam.whole, 11);
        QCOMPARE(report.agreement.part, 6);  // 1, 2, 4, 5, 7 both right; 9 both wrong
        QVERIFY(report.agreement.interval.low < report.agreement.percent);
        QVERIFY(report.agreement.interval.high > report.agreement.percent);
        const auto ids = [&](bool people, bool tam) {
            std::vector<int64_t> found;
            for (const auto i : report.quadrants[people][tam]) found.push_back(report.results[i].clip.id);
            return found;
        };
        QCOMPARE(ids(true, true), (std::vector<int64_t>{1, 2, 4, 5, 7}));
        QCOMPARE(ids(true, false), (std::vector<int64_t>{0, 3, 6}));
        QCOMPARE(ids(false, true), (std::vector<int64_t>{8, 10}));
        QCOMPARE(ids(false, false), (std::vector<int64_t>{9}));
        // Dora disagrees on 1, 3, 5, 7 and 8, 10: three pairs of six agree there.
        QCOMPARE(*report.raw.statistic.value, (6 * 1.0 + 6 * 0.5) / 12);
        QVERIFY(report.kappa.interval->low <= *report.kappa.statistic.value);
        QVERIFY(report.kappa.interval->high >= *report.kappa.statistic.value);
        QCOMPARE(report.stability.size(), size_t{4});
        QCOMPARE(report.stability.back().percent, 100.0);
    }

    void peopleOneByOne() {
        ProjectPlace place;
        Study study = ratedStudy(place);
        auto report = report_study(study);
        QCOMPARE(report.annotators.size(), size_t{4});
        const auto& anna = report.annotators[0];
        QCOMPARE(anna.name, std::string("anna"));
        QCOMPARE(anna.answered, 12);
        QCOMPARE(anna.yes, 8);
        QCOMPARE(anna.median_seconds, 2.0);
        QCOMPARE(anna.total_seconds, 28.0);  // controls count as work
        QCOMPARE(anna.controls, 2);
        QCOMPARE(anna.controls_right, 1);  // clips 13 (no) and 14 (yes); she says no to both
        QCOMPARE(report.annotators[3].controls_right, 2);
        RatingSession session(study, "anna");
        session.undo();
        session.skip("not sure I saw it", {300, 0});
        report = report_study(study);
        QCOMPARE(report.annotators[0].changed, 1);
    }

    void ties() {
        ProjectPlace place;
        MadeStudy made{.clips = 4};
        made.settings.answers_per_clip = 2;
        Study study = make_study(place.root(), made);
        rate_all(study, "anna", [](int64_t clip) { return clip < 2; });
        rate_all(study, "bert", [](int64_t clip) { return clip < 1; });
        QCOMPARE(report_study(study).people.part, 1);
        QCOMPARE(report_study(study).tied_clips, 1);
        QCOMPARE(report_study(study, {.ties = TieRule::yes}).people.part, 2);
        const auto out = report_study(study, {.ties = TieRule::leave_out});
        QCOMPARE(out.people.whole, 3);
        QVERIFY(!out.results[1].people);
    }

    void skipsAreLeftOutAndCounted() {
        ProjectPlace place;
        Study study = make_study(place.root());
        RatingSession session(study, "anna");
        session.skip("too dark", {100, 0});
        session.answer(true, {1000, 0});
        const auto report = report_study(study);
        QCOMPARE(report.skips, 1);
        QCOMPARE(report.answers, 1);
        QCOMPARE(report.rated_clips, 1);
        QCOMPARE(report.people.whole, 1);
        QVERIFY(!report.raw.statistic.value);
        QVERIFY(!report.raw.statistic.undefined.empty());
    }

    void nothingYet() {
        ProjectPlace place;
        const Study study = make_study(place.root());
        const auto report = report_study(study);
        QCOMPARE(report.people.whole, 0);
        QCOMPARE(report.agreement.percent, 0.0);
        QVERIFY(!report.alpha.statistic.value && !report.alpha.interval);
        QVERIFY(report.stability.empty());
        QVERIFY(report.annotators.empty());
    }

    void pseudonyms() {
        ProjectPlace place;
        const Study study = ratedStudy(place);
        const auto report = report_study(study, {.pseudonyms = true});
        for (size_t i = 0; i < 4; ++i) QCOMPARE(report.annotators[i].name, "annotator " + std::to_string(i + 1));
        QCOMPARE(annotator_names(study, true), annotator_names(study, true));
    }

    void aStudyOfThePapersSize() {
        // 1,000 clips, ten people each, as returned by annotators.
        ProjectPlace place;
        MadeStudy made{.clips = 1000, .controls = 20};
        made.settings.answers_per_clip = 11;
        Study study = make_study(place.root(), made);
        Random random(8);
        std::vector<Annotator> people;
        std::vector<Answer> answers;
        for (int person = 0; person < 10; ++person) {
            people.push_back({new_uuid(), "person " + std::to_string(person), "2026-01-01T00:00:00Z"});
            const auto sitting = new_uuid();
            for (int clip = 0; clip < 1000; ++clip) {
                Answer a{people.back().uuid, clip, clip + 1, sitting};
                a.choice = random.chance(0.5 + 0.3 * ((clip % 3) - 1)) ? Choice::yes : Choice::no;
                a.milliseconds = 3000 + random.below(2000);
                a.time = "2026-01-01T00:00:00.000Z";
                answers.push_back(a);
            }
        }
        QCOMPARE(study.take(people, answers).added, int64_t{10000});
        test::ProcessorTimer timer;
        timer.start();
        Study opened = Study::open(study.file());
        const auto open_ms = timer.restart();
        RatingSession session(opened, "an eleventh");
        const auto sign_in_ms = timer.restart();
        QCOMPARE(session.progress().left, 1020);
        const auto report = report_study(opened);
        const auto report_ms = timer.restart();
        QCOMPARE(report.answers, 10000);
        qInfo("opened in %lld ms, signed in in %lld ms, reported in %lld ms", open_ms, sign_in_ms, report_ms);
        QVERIFY(open_ms < 2000 && sign_in_ms < 2000 && report_ms < 10000);
    }

    void theIntervalOfACoefficientHoldsTheTruth() {
        // Two people agree on 80 % of clips with even shares: kappa is 0.6 in the long run.
        int held = 0;
        constexpr int kTrials = 60;
        for (int t = 0; t < kTrials; ++t) {
            Random random(31, static_cast<uint64_t>(t));
            std::vector<AnswerCounts> counts;
            for (int i = 0; i < 150; ++i) {
                const bool yes = random.chance(0.5);
                counts.push_back(!random.chance(0.8) ? AnswerCounts{1, 1}
                                 : yes               ? AnswerCounts{0, 2}
                                                     : AnswerCounts{2, 0});
            }
            const auto interval = evaluation::bootstrap_statistic(150,
                                                                  [&](std::span<const uint32_t> which) {
                                                                      return fleiss_kappa({counts, which}).value;
                                                                  },
                                                                  1, {.resamples = 300});
            held += interval->low <= 0.6 && 0.6 <= interval->high;
        }
        QVERIFY2(held >= kTrials * 85 / 100, qPrintable(QString::number(held)));
    }
};

REST_TEST(TestStudyReport)
#include "test_study_report.moc"
