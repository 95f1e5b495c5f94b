// SPDX-License-Identifier: GPL-3.0-or-later
// Filters combine, and every option's count is what choosing it alone in its facet would show.
#include <QtTest/QtTest>

#include "core/base/random.h"
#include "core/gallery/filtered_clips.h"
#include "tests/gallery/made_gallery.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::gallery;
using namespace rest::test;

namespace {

constexpr int kClasses = 6;

/// `n` clips of all kinds, without a project.
ClipTable drawn_table(int n) {
    ClipTable table;
    table.other = {1, 0};
    for (int c = 0; c < kClasses; ++c) table.classes.push_back("class " + std::to_string(c));
    const std::vector<std::string> words = {"a person", "rows", "a boat", "on water", "juggles"};
    for (int i = 0; i < n; ++i) {
        Random random(7, static_cast<uint64_t>(i));
        Clip clip;
        clip.video = i + 1;
        clip.split = static_cast<dataset::Split>(random.below(3));
        clip.label = static_cast<int>(random.below(kClasses + 1)) - 1;
        clip.predicted = static_cast<int>(random.below(kClasses));
        clip.rank = clip.label < 0 ? -1 : static_cast<int>(random.below(kClasses));
        clip.verdict = clip.label < 0                 ? Verdict::unlabelled
                       : clip.label == clip.predicted ? Verdict::right
                                                      : Verdict::wrong;
        clip.change = static_cast<Change>(random.below(kChanges));
        clip.votes = {static_cast<int>(random.below(2)), static_cast<int>(random.below(2))};
        if (random.below(5) > 0) clip.margin = static_cast<float>(random.below(1000)) / 10000;
        for (int64_t w = 0; w < 3; ++w) clip.words += words[static_cast<size_t>(random.below(std::ssize(words)))] + " ";
        clip.caption = clip.words;
        table.largest_margin = 0.0999;
        table.clips.push_back(clip);
    }
    return table;
}

Marks drawn_marks(const ClipTable& table) {
    Marks marks;
    marks.tags = {{11, "one", 0}, {12, "two", 1}, {13, "three", 2}};
    for (size_t row = 0; row < table.clips.size(); ++row) {
        Random random(8, row);
        marks.marks.push_back({static_cast<uint64_t>(random.below(8)), static_cast<int>(random.below(4)) - 3});
    }
    return marks;
}

ClipFilter drawn_filter(int n) {
    Random random(9, static_cast<uint64_t>(n));
    ClipFilter f;
    const auto often = [&] { return random.below(3) == 0; };
    if (often()) f.splits.insert(static_cast<dataset::Split>(random.below(3)));
    if (often()) f.labels = {static_cast<int>(random.below(kClasses)) - 1, 2};
    if (often()) f.predicted.insert(static_cast<int>(random.below(kClasses)));
    if (often()) f.verdicts.insert(static_cast<Verdict>(random.below(3)));
    if (often()) f.changes = {static_cast<Change>(random.below(5)), Change::same};
    if (often()) f.people.insert(static_cast<People>(random.below(4)));
    if (often()) f.margin_from = 0.02;
    if (often()) f.margin_to = 0.08;
    if (often()) f.tags = {11, 12 + static_cast<int64_t>(random.below(2))};
    f.untagged = often();
    f.noted = random.below(6) == 0;
    if (often()) f.words = "ROWS  boat";
    return f;
}

}  // namespace

class TestClipFilter : public QObject {
    Q_OBJECT

  private:
    const ClipTable table_ = drawn_table(3000);
    const Marks marks_ = drawn_marks(table_);

    int64_t shown(const ClipFilter& filter) const { return std::ssize(filter_clips(table_, marks_, filter).rows); }

  private Q_SLOTS:
    void anEmptyFilterShowsAll() {
        const auto all = filter_clips(table_, marks_, {});
        QCOMPARE(all.rows.size(), table_.clips.size());
        QVERIFY(std::ranges::is_sorted(all.rows));
    }

    void eachMemberIsObeyed() {
        const auto passes = [&](const ClipFilter& filter, auto&& wanted) {
            int64_t expected = 0;
            for (size_t row = 0; row < table_.clips.size(); ++row) expected += wanted(table_.clips[row], row);
            const auto found = filter_clips(table_, marks_, filter).rows;
            return expected > 0 && std::ssize(found) == expected && std::ranges::all_of(found, [&](int row) {
                       return wanted(table_.clips[static_cast<size_t>(row)], static_cast<size_t>(row));
                   });
        };
        QVERIFY(passes({.splits = {dataset::Split::val}},
                       [](const Clip& c, size_t) { return c.split == dataset::Split::val; }));
        QVERIFY(passes({.labels = {-1, 3}}, [](const Clip& c, size_t) { return c.label == -1 || c.label == 3; }));
        QVERIFY(passes({.predicted = {5}}, [](const Clip& c, size_t) { return c.predicted == 5; }));
        QVERIFY(passes({.verdicts = {Verdict::wrong, Verdict::unlabelled}},
                       [](const Clip& c, size_t) { return c.verdict != Verdict::right; }));
        QVERIFY(passes({.changes = {Change::became_right}},
                       [](const Clip& c, size_t) { return c.change == Change::became_right; }));
        QVERIFY(passes({.people = {People::disagree}},
                       [](const Clip& c, size_t) { return c.votes.yes > 0 && c.votes.no > 0; }));
        QVERIFY(passes({.margin_from = 0.05}, [](const Clip& c, size_t) { return c.margin >= 0.05; }));
        QVERIFY(passes({.margin_from = 0.01, .margin_to = 0.02},
                       [](const Clip& c, size_t) { return c.margin >= 0.01 && c.margin <= 0.02; }));
        QVERIFY(passes({.tags = {12, 13}}, [&](const Clip&, size_t row) { return (marks_.marks[row].tags & 6) != 0; }));
        QVERIFY(passes({.tags = {12}, .untagged = true}, [&](const Clip&, size_t row) {
            return (marks_.marks[row].tags & 2) != 0 || marks_.marks[row].tags == 0;
        }));
        QVERIFY(passes({.noted = true}, [&](const Clip&, size_t row) { return marks_.marks[row].note >= 0; }));
        QVERIFY(passes({.words = " Person WATER"}, [](const Clip& c, size_t) {
            return c.words.find("person") != std::string::npos && c.words.find("water") != std::string::npos;
        }));
        QCOMPARE(shown({.tags = {99}}), int64_t(0));  // of nobody
        QCOMPARE(shown({.labels = {99}}), int64_t(0));
    }

    /// Each count against the filter with that option alone in its facet.
    void countsAreWhatChoosingWouldShow() {
        for (int n = 0; n < 60; ++n) {
            const ClipFilter filter = drawn_filter(n);
            const auto counts = filter_clips(table_, marks_, filter).counts;
            const auto with = [&](auto change) {
                ClipFilter one = filter;
                change(one);
                return shown(one);
            };
            for (int i = 0; i < 3; ++i) {
                QCOMPARE(counts.splits[i], with([&](auto& f) { f.splits = {static_cast<dataset::Split>(i)}; }));
                QCOMPARE(counts.verdicts[i], with([&](auto& f) { f.verdicts = {static_cast<Verdict>(i)}; }));
            }
            for (int i = 0; i < kChanges; ++i)
                QCOMPARE(counts.changes[i], with([&](auto& f) { f.changes = {static_cast<Change>(i)}; }));
            for (int i = 0; i < kPeople; ++i)
                QCOMPARE(counts.people[i], with([&](auto& f) { f.people = {static_cast<People>(i)}; }));
            for (int c = -1; c < kClasses; ++c) {
                QCOMPARE(counts.labels[c + 1], with([&](auto& f) { f.labels = {c}; }));
                QCOMPARE(counts.predicted[c + 1], with([&](auto& f) { f.predicted = {c}; }));
            }
            const auto only = [](ClipFilter& f) {
                f.tags.clear();
                f.untagged = f.noted = false;
            };
            for (size_t t = 0; t < 3; ++t)
                QCOMPARE(counts.tags[t], with([&](auto& f) { only(f), f.tags = {marks_.tags[t].id}; }));
            QCOMPARE(counts.untagged, with([&](auto& f) { only(f), f.untagged = true; }));
            QCOMPARE(counts.noted, with([&](auto& f) { only(f), f.noted = true; }));
            int64_t known = 0;
            for (const int64_t bar : counts.margins) known += bar;
            QCOMPARE(known + counts.unknown_margins, with([](auto& f) { f.margin_from = f.margin_to = {}; }));
            QCOMPARE(known, with([](auto& f) { f.margin_from = 0, f.margin_to = 1; }));
        }
    }

    void withoutAComparisonNoChangeIsAskedFor() {
        ClipTable alone = table_;
        alone.other = {};
        QCOMPARE(filter_clips(alone, marks_, {.changes = {Change::became_right}}).rows.size(), alone.clips.size());
    }

    void clipsAreListedInTheOrderAskedFor() {
        const auto by = [&](Order order) { return filter_clips(table_, marks_, {}, order).rows; };
        const auto clip = [&](int row) -> const Clip& { return table_.clips[static_cast<size_t>(row)]; };
        for (const auto& [order, sign] : {std::pair{Order::least_sure, 1}, std::pair{Order::most_sure, -1}}) {
            const auto rows = by(order);
            QCOMPARE(rows.size(), table_.clips.size());
            bool unknown = false;
            for (size_t i = 1; i < rows.size(); ++i) {
                const float before = clip(rows[i - 1]).margin, here = clip(rows[i]).margin;
                unknown |= std::isnan(before);
                if (unknown) QVERIFY(std::isnan(here));
                if (!unknown && !std::isnan(here)) QVERIFY(sign * (here - before) >= 0);
                if (before == here) QVERIFY(rows[i - 1] < rows[i]);
            }
        }
        const auto worst = by(Order::worst_place);
        for (size_t i = 1; i < worst.size(); ++i) QVERIFY(clip(worst[i - 1]).rank >= clip(worst[i]).rank);
    }
};

REST_TEST(TestClipFilter)
#include "test_clip_filter.moc"
