// SPDX-License-Identifier: GPL-3.0-or-later
// Who rates what, in which order, and what an answer stores.
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <set>

#include "tests/study/made_study.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;
using namespace rest::test;

namespace {

std::vector<int64_t> clipsShown(Study& study, const std::string& code) {
    std::vector<int64_t> shown;
    rate_all(study, code, [&](int64_t clip) {
        shown.push_back(clip);
        return clip % 2 == 0;
    });
    return shown;
}

std::map<int64_t, Choice> currentOf(const Study& study) {
    std::map<int64_t, Choice> current;
    for (const auto& a : study.current_answers()) current[a.clip] = a.choice;
    return current;
}

}  // namespace

class TestStudyRating : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void eachClipGoesToKDifferentPeople() {
        ProjectPlace place;
        Study study = make_study(place.root(), {.clips = 20});
        // Seven people take turns and stop after some clips each; three answers per clip make 60.
        for (int round = 0; round < 12; ++round) {
            for (int person = 0; person < 7; ++person) {
                RatingSession session(study, "person " + std::to_string(person));
                for (int i = 0; i < 2 + person % 3 && session.current() != nullptr; ++i) {
                    session.answer(i % 2 == 0, {900, 0});
                }
                std::map<int64_t, int> people;
                for (const auto& a : study.current_answers()) ++people[a.clip];
                int least = 99, most = 0;
                for (const auto& clip : study.clips()) {
                    least = std::min(least, people[clip.id]);
                    most = std::max(most, people[clip.id]);
                }
                QVERIFY(most <= 3);
                // Least-rated clips come first: only the rule against repeats within a sitting widens the spread.
                QVERIFY(most - least <= 2);
            }
        }
        std::map<int64_t, std::set<std::string>> people;
        for (const auto& a : study.answers()) QVERIFY(people[a.clip].insert(a.annotator).second);
        QCOMPARE(people.size(), size_t{20});
        for (const auto& [clip, who] : people) QCOMPARE(who.size(), size_t{3});
        QCOMPARE(rate_all(study, "an eighth", [](int64_t) { return true; }), 0);
    }

    void ordersAreShuffledPerAnnotator() {
        ProjectPlace a, b;
        Study first = make_study(a.root(), {.clips = 30}), second = make_study(b.root(), {.clips = 30});
        const auto anna = clipsShown(first, "Anna");
        QCOMPARE(anna.size(), size_t{30});
        QCOMPARE(clipsShown(second, "  anna "), anna);  // determined by seed and code alone
        QVERIFY(clipsShown(second, "Bert") != anna);
        QVERIFY(!std::is_sorted(anna.begin(), anna.end()));
    }

    void goesOnWhereOneLeft() {
        ProjectPlace place;
        std::vector<int64_t> shown;
        for (int sitting = 0; sitting < 6; ++sitting) {
            Study study = sitting == 0 ? make_study(place.root()) : Study::open(place.root() / "made.study");
            RatingSession session(study, "Анна");
            for (int i = 0; i < 2; ++i) {
                shown.push_back(session.current()->clip);
                session.answer(true, {1000, 0});
            }
            QCOMPARE(session.progress().answered, 2 * (sitting + 1));
            QCOMPARE(session.progress().left, 12 - 2 * (sitting + 1));
        }
        QCOMPARE(std::set(shown.begin(), shown.end()).size(), size_t{12});
        ProjectPlace other;
        Study whole = make_study(other.root());
        QCOMPARE(clipsShown(whole, "Анна"), shown);
    }

    void theNextIsTheOnePromised() {
        ProjectPlace place;
        Study study = make_study(place.root(), {.training = 2, .controls = 3});
        RatingSession session(study, "anna");
        while (session.next() != nullptr) {
            const int64_t promised = session.next()->clip;
            session.answer(true, {1, 0});
            QCOMPARE(session.current()->clip, promised);
        }
        session.answer(false, {1, 0});
        QVERIFY(session.current() == nullptr);
        QCOMPARE(code_thrown([&] { session.answer(true, {1, 0}); }), std::string("invalid_argument"));
    }

    void undoAnyNumberBack() {
        ProjectPlace place;
        Study study = make_study(place.root());
        std::vector<int64_t> shown;
        {
            RatingSession session(study, "anna");
            QVERIFY(!session.undo());
            for (int i = 0; i < 5; ++i) {
                shown.push_back(session.current()->clip);
                if (i == 3)
                    session.skip("too dark", {500, 0});
                else
                    session.answer(true, {1000, 2});
            }
            const int64_t sixth = session.current()->clip, seventh = session.next()->clip;
            for (int i = 4; i >= 2; --i) {
                QVERIFY(session.undo());
                QCOMPARE(session.current()->clip, shown[i]);
            }
            QCOMPARE(session.progress().answered, 2);
            QCOMPARE(session.progress().left, 10);
            session.answer(false, {700, 0});  // clip 2, changed
            QCOMPARE(session.current()->clip, shown[3]);
            QCOMPARE(session.next()->clip, shown[4]);
            Q_UNUSED(sixth);
            Q_UNUSED(seventh);
        }
        // The rest was undone and not answered again: it comes first, in its order, in the next sitting as well.
        RatingSession session(study, "anna");
        QCOMPARE(session.current()->clip, shown[3]);
        QCOMPARE(session.next()->clip, shown[4]);
        QVERIFY(session.undo());  // from another sitting
        QCOMPARE(session.current()->clip, shown[2]);
        session.answer(true, {800, 0});
        QVERIFY(session.undo() && session.undo() && session.undo());
        QVERIFY(!session.undo());
        QCOMPARE(session.current()->clip, shown[0]);
        const auto log = study.answers();
        QCOMPARE(log.size(), size_t{5 + 3 + 1 + 1 + 1 + 3});  // nothing is ever removed from it
        for (size_t i = 0; i < log.size(); ++i) QCOMPARE(log[i].sequence, static_cast<int64_t>(i + 1));
        for (const auto& [clip, choice] : currentOf(study)) QCOMPARE(choice, Choice::withdrawn);
    }

    void aChangedAnswerLeavesOneCurrent() {
        ProjectPlace place;
        Study study = make_study(place.root());
        RatingSession session(study, "anna");
        const int64_t clip = session.current()->clip;
        session.answer(true, {1200, 3});
        session.undo();
        session.answer(false, {2200, 0});
        QCOMPARE(currentOf(study).at(clip), Choice::no);
        QCOMPARE(study.current_answers().size(), size_t{1});
        const auto log = study.answers();
        QCOMPARE(log.size(), size_t{3});
        QCOMPARE(log[0].choice, Choice::yes);
        QCOMPARE(log[0].milliseconds, 1200);
        QCOMPARE(log[0].replays, 3);
        QVERIFY(log[0].time.ends_with("Z") && log[0].time.size() == 24);
    }

    void trainingFirstWithFeedback() {
        ProjectPlace place;
        Study study = make_study(place.root(), {.clips = 12, .training = 3});
        RatingSession session(study, "anna");
        QCOMPARE(session.progress().training_left, 3);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(session.current()->training);
            const auto feedback = session.answer(true, {1, 0});
            QVERIFY(feedback);
            QCOMPARE(feedback->right, feedback->known_answer);
            QCOMPARE(feedback->text, std::string("Look at the oars."));
        }
        QVERIFY(!session.undo());
        QVERIFY(!session.current()->training);
        QVERIFY(!session.answer(true, {1, 0}));
        RatingSession again(study, "anna");
        QCOMPARE(again.progress().training_left, 0);
    }

    void controlsComeToEverybodyAmongTheOthers() {
        ProjectPlace place;
        MadeStudy made{.clips = 40, .controls = 5};
        made.settings.answers_per_clip = 1;
        Study study = make_study(place.root(), made);
        const auto anna = clipsShown(study, "anna");
        QCOMPARE(anna.size(), size_t{45});
        int runs = 0;  // of adjacent clips that are both controls
        for (size_t i = 1; i < anna.size(); ++i) runs += anna[i] >= 40 && anna[i - 1] >= 40;
        QVERIFY(runs < 4);
        QCOMPARE(clipsShown(study, "bert").size(), size_t{5});  // the others have their one answer
    }

    void aSkipNeedsAReasonAndIsNobodysAnswer() {
        ProjectPlace place;
        MadeStudy made{.clips = 1};
        made.settings.answers_per_clip = 1;
        Study study = make_study(place.root(), made);
        RatingSession anna(study, "anna");
        QCOMPARE(code_thrown([&] { anna.skip("  ", {}); }), std::string("invalid_argument"));
        QCOMPARE(code_thrown([&] { anna.skip(std::string(2000, 'x'), {}); }), std::string("invalid_argument"));
        anna.skip("does not play", {100, 0});
        QVERIFY(RatingSession(study, "anna").current() == nullptr);
        RatingSession bert(study, "bert");
        QVERIFY(bert.current() != nullptr);
        RatingSession carl(study, "carl");
        bert.answer(true, {1, 0});
        QVERIFY(RatingSession(study, "dora").current() == nullptr);
    }

    void minimumViewing() {
        ProjectPlace place;
        MadeStudy made;
        made.settings.minimum_viewing_ms = 2000;
        Study study = make_study(place.root(), made);
        RatingSession session(study, "anna");
        const int64_t clip = session.current()->clip;
        QCOMPARE(code_thrown([&] { session.answer(true, {1999, 0}); }), std::string("invalid_argument"));
        QCOMPARE(session.current()->clip, clip);
        QVERIFY(study.answers().empty());
        session.answer(true, {2000, 0});
        QCOMPARE(study.answers().size(), size_t{1});
    }

    void codesAreTakenAsPeopleTypeThem() {
        ProjectPlace place;
        Study study = make_study(place.root());
        const auto anna = study.sign_in(" Anna  B. ");
        QCOMPARE(anna.code, std::string("Anna B."));
        QCOMPARE(study.sign_in("anna b.").uuid, anna.uuid);
        QVERIFY(study.sign_in("'; DROP TABLE answers; --").uuid != anna.uuid);
        QCOMPARE(study.annotators().size(), size_t{2});
        for (const auto& bad : {std::string(), std::string(" \t"), std::string(101, 'x')}) {
            QCOMPARE(code_thrown([&] { study.sign_in(bad); }), std::string("invalid_argument"));
        }
        QCOMPARE(study.sign_in(QString(100, QChar(0x6F15)).toStdString()).code.size(), size_t{300});
    }

    void aCodeIsOneInEitherNormalisation() {
        ProjectPlace place;
        Study study = make_study(place.root());
        const auto rene = study.sign_in("Ren\u00e9");
        QCOMPARE(rene.code, std::string("Ren\u00e9"));
        QCOMPARE(study.sign_in("Rene\u0301").uuid, rene.uuid);  // decomposed, as macOS enters it
        QCOMPARE(study.annotators().size(), size_t{1});
    }

    void reservedClipsAreKeptForOne() {
        ProjectPlace place;
        MadeStudy made{.clips = 6};
        made.settings.answers_per_clip = 1;
        Study study = make_study(place.root(), made);
        const auto anna = study.sign_in("anna");
        study.reserve(anna.uuid, std::vector<int64_t>{1, 4});
        auto bert = clipsShown(study, "bert");
        std::sort(bert.begin(), bert.end());
        QCOMPARE(bert, (std::vector<int64_t>{0, 2, 3, 5}));
        study.release(anna.uuid);
        auto carl = clipsShown(study, "carl");
        std::sort(carl.begin(), carl.end());
        QCOMPARE(carl, (std::vector<int64_t>{1, 4}));
    }

    void theTimeLeftFollowsThePace() {
        ProjectPlace place;
        Study study = make_study(place.root());
        RatingSession session(study, "anna");
        QCOMPARE(session.progress().seconds_left, -1.0);
        for (const int64_t ms : {1000, 3000, 60000}) session.answer(true, {ms, 0});
        QCOMPARE(session.progress().seconds_left, 9 * 3.0);
    }
};

REST_TEST(TestStudyRating)
#include "test_study_rating.moc"
