// SPDX-License-Identifier: GPL-3.0-or-later
// The two caption grammars keep to their configured rates.
#include <QtTest/QtTest>

#include <cmath>
#include <functional>
#include <set>
#include <sstream>

#include "core/demo/world/actions.h"
#include "core/demo/world/captions.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::demo;

namespace {

bool begins(const std::string& text, const std::string& with) {
    return text.compare(0, with.size(), with) == 0;
}
bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

const std::string& shown(const SceneSpec& s) {
    return demo_actions()[s.action].phrase;
}

bool names_another(const SceneSpec& s, const std::string& caption) {
    for (const auto& action : demo_actions()) {
        if (action.phrase != shown(s) && holds(caption, action.phrase)) return true;
    }
    return false;
}

struct Sample {
    SceneSpec scene;
    std::string caption;
};

std::vector<Sample> blip_samples(int count, const CaptionHabits& habits = {}) {
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i) {
        const auto scene = draw_scene(5, static_cast<uint64_t>(i));
        Random random(5, static_cast<uint64_t>(i), 1);
        samples.push_back({scene, blip_caption(scene, random, habits)});
    }
    return samples;
}

/// Among the samples that satisfy `of`, the share of `what` is within four standard errors of `expected`.
void verify_rate(const std::vector<Sample>& samples, double expected, const std::function<bool(const Sample&)>& of,
                 const std::function<bool(const Sample&)>& what) {
    int all = 0, found = 0;
    for (const auto& sample : samples) {
        if (!of(sample)) continue;
        ++all;
        found += what(sample);
    }
    QVERIFY(all > 500);
    const double error = std::sqrt(expected * (1 - expected) / all);
    const double measured = static_cast<double>(found) / all;
    QVERIFY2(std::abs(measured - expected) < 4 * error,
             qPrintable(QString("%1 measured, %2 expected").arg(measured).arg(expected)));
}

bool any(const Sample&) {
    return true;
}
bool named(const Sample& s) {
    return holds(s.caption, shown(s.scene));
}
bool asks_verb(const Sample& s) {
    return begins(s.caption, "a person is ") || begins(s.caption, "someone is ");
}

std::set<std::string> words_in(const std::vector<std::string>& texts) {
    std::set<std::string> words;
    for (const auto& text : texts) {
        std::istringstream in(text);
        for (std::string word; in >> word;) words.insert(word);
    }
    return words;
}

}  // namespace

class TestDemoCaptions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theActionIsNamedAtThePlacesHabit() {
        const CaptionHabits habits;
        const auto samples = blip_samples(20000);
        verify_rate(
            samples, habits.told, [](const Sample& s) { return tells_action(s.scene.place); }, named);
        verify_rate(
            samples, habits.untold, [](const Sample& s) { return !tells_action(s.scene.place) && !asks_verb(s); },
            named);
        verify_rate(
            samples, habits.untold_verb, [](const Sample& s) { return !tells_action(s.scene.place) && asks_verb(s); },
            named);
    }

    void twoPlacesOfSixTell() {
        int telling = 0;
        for (int i = 0; i < kPlaces; ++i) telling += tells_action(static_cast<Place>(i));
        QCOMPARE(telling, 2);
    }

    void openingsComeAtTheirRates() {
        const CaptionHabits habits;
        const auto samples = blip_samples(20000);
        verify_rate(samples, habits.a_video_of, any, [](const Sample& s) { return begins(s.caption, "a video of "); });
        verify_rate(samples, habits.a_person_is, any,
                    [](const Sample& s) { return begins(s.caption, "a person is "); });
        verify_rate(samples, habits.someone_is, any, [](const Sample& s) { return begins(s.caption, "someone is "); });
    }

    void aVerbThatIsNotTheRightOneIsWrongAtItsRate() {
        const CaptionHabits habits;
        const auto samples = blip_samples(40000);
        verify_rate(
            samples, habits.wrong, [](const Sample& s) { return asks_verb(s) && !named(s); },
            [](const Sample& s) { return names_another(s.scene, s.caption); });
    }

    void habitsAreObeyed() {
        const auto all =
            blip_samples(500, {.a_video_of = 1, .a_person_is = 0, .someone_is = 0, .told = 1, .untold = 1});
        for (const auto& s : all) QVERIFY2(begins(s.caption, "a video of ") && named(s), s.caption.c_str());
        const auto none = blip_samples(500, {.told = 0, .untold = 0, .untold_verb = 0, .wrong = 0});
        for (const auto& s : none) QVERIFY2(!named(s) && !names_another(s.scene, s.caption), s.caption.c_str());
    }

    void aVerbAlwaysFollowsWhereOneIsAskedFor() {
        std::set<std::string> verbs;
        for (const auto& s : blip_samples(5000)) {
            if (asks_verb(s)) verbs.insert(s.caption.substr(s.caption.find(" is ") + 4));
        }
        for (const auto& action : demo_actions()) QVERIFY2(verbs.count(action.phrase), action.phrase.c_str());
        const auto phrases = caption_phrases();
        const std::set<std::string> known(phrases.begin(), phrases.end());
        for (const auto& verb : verbs) QVERIFY2(known.count(verb), verb.c_str());
    }

    void matchingTextsAlwaysTellTheAction() {
        int told = 0, class_names = 0, placed = 0, wrong = 0;
        constexpr int kCount = 6000;
        for (int i = 0; i < kCount; ++i) {
            const auto scene = draw_scene(8, static_cast<uint64_t>(i));
            Random random(8, static_cast<uint64_t>(i), 1);
            const auto& action = demo_actions()[scene.action];
            const auto text = clip_caption(scene, random);
            told += holds(text, action.phrase) || text == action.class_name || text == action.bare;
            class_names += text == action.class_name;
            placed += holds(text, place_phrase(scene.place));
            wrong += names_another(scene, text);
        }
        QCOMPARE(told, kCount);
        QVERIFY(placed > 0.05 * kCount && placed < 0.12 * kCount);
        QVERIFY(class_names > 0.2 * kCount);
        QCOMPARE(wrong, 0);
    }

    void everyWordIsInThePhrasesAndPlain() {
        const auto known = words_in(caption_phrases());
        const auto samples = sample_captions(3, 5000);
        QCOMPARE(samples.size(), size_t{10000});
        for (const auto& word : words_in(samples)) {
            QVERIFY2(known.count(word), word.c_str());
            for (const char c : word) QVERIFY2(c >= 'a' && c <= 'z', word.c_str());
        }
        QVERIFY(sample_captions(3, 50) == sample_captions(3, 50));
        QVERIFY(sample_captions(3, 50) != sample_captions(4, 50));
    }
};

REST_TEST(TestDemoCaptions)
#include "test_demo_captions.moc"
