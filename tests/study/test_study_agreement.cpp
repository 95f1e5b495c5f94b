// SPDX-License-Identifier: GPL-3.0-or-later
// Agreement figures against published examples and against their definitions, evaluated answer by answer.
#include <QtTest/QtTest>

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/random.h"
#include "core/study/agreement.h"
#include "core/study/verdict.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::study;

namespace {

constexpr int kMissing = -1;
using Ratings = std::vector<std::vector<int>>;  // (clips, people), kMissing where nobody answered

std::vector<AnswerCounts> counted(const Ratings& ratings, int categories) {
    std::vector<AnswerCounts> counts;
    for (const auto& row : ratings) {
        counts.emplace_back(categories, 0);
        for (const int r : row) {
            if (r != kMissing) ++counts.back()[r];
        }
    }
    return counts;
}

double valueOf(const Statistic& s) {
    return s.value.value_or(-99);
}

bool close(double a, double b, double within) {
    if (std::abs(a - b) <= within) return true;
    qWarning("%.9f is not %.9f", a, b);
    return false;
}

/// Krippendorff's alpha by its definition: 1 - observed / expected disagreement over ordered pairs of pairable answers.
double alphaByPairs(const Ratings& ratings) {
    std::vector<int> pool;
    double observed = 0;
    for (const auto& row : ratings) {
        std::vector<int> there;
        std::copy_if(row.begin(), row.end(), std::back_inserter(there), [](int r) { return r != kMissing; });
        if (there.size() < 2) continue;
        for (size_t i = 0; i < there.size(); ++i) {
            for (size_t j = 0; j < there.size(); ++j) {
                if (i != j) observed += (there[i] != there[j]) / static_cast<double>(there.size() - 1);
            }
        }
        pool.insert(pool.end(), there.begin(), there.end());
    }
    double expected = 0;
    for (size_t i = 0; i < pool.size(); ++i) {
        for (size_t j = 0; j < pool.size(); ++j) expected += i != j && pool[i] != pool[j];
    }
    const auto n = static_cast<double>(pool.size());
    return 1 - (observed / n) / (expected / (n * (n - 1)));
}

double pairAgreement(const Ratings& ratings) {
    double sum = 0, clips = 0;
    for (const auto& row : ratings) {
        int pairs = 0, same = 0;
        for (size_t i = 0; i < row.size(); ++i) {
            for (size_t j = i + 1; j < row.size(); ++j) {
                if (row[i] == kMissing || row[j] == kMissing) continue;
                ++pairs;
                same += row[i] == row[j];
            }
        }
        if (pairs == 0) continue;
        sum += static_cast<double>(same) / pairs;
        ++clips;
    }
    return sum / clips;
}

std::vector<double> meanShares(const Ratings& ratings, int categories) {
    std::vector<double> shares(categories, 0);
    double clips = 0;
    for (const auto& row : ratings) {
        const auto n = static_cast<double>(row.size() - std::count(row.begin(), row.end(), kMissing));
        if (n == 0) continue;
        ++clips;
        for (int c = 0; c < categories; ++c)
            shares[c] += static_cast<double>(std::count(row.begin(), row.end(), c)) / n;
    }
    for (auto& s : shares) s /= clips;
    return shares;
}

/// The data of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve
/// units, five values, answers missing. The same table is cac.raw4raters of Gwet's R package irrCAC.
const Ratings kKrippendorff = {{0, 0, -1, 0}, {1, 1, 2, 1},  {2, 2, 2, 2},   {2, 2, 2, 2},
                               {1, 1, 1, 1},  {0, 1, 2, 3},  {3, 3, 3, 3},   {0, 0, 1, 0},
                               {1, 1, 1, 1},  {-1, 4, 4, 4}, {-1, -1, 0, 0}, {-1, -1, 2, -1}};

}  // namespace

class TestStudyAgreement : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void fleissByTheEncyclopedia() {
        // Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971) 378-382; the
        // worked example of 14 raters, 10 subjects and 5 categories is Wikipedia's, "Fleiss' kappa": 0.210.
        const std::vector<AnswerCounts> table = {{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0},
                                                 {2, 2, 8, 1, 1},  {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2},
                                                 {6, 5, 2, 1, 0},  {0, 2, 2, 3, 7}};
        QVERIFY(close(valueOf(fleiss_kappa({table, {}})), 0.210, 0.0005));
        QVERIFY(close(valueOf(raw_agreement({table, {}})), 0.378, 0.0005));  // its P-bar
    }

    void krippendorffsOwnExample() {
        const auto counts = counted(kKrippendorff, 5);
        QVERIFY(close(valueOf(krippendorff_alpha({counts, {}})), 0.743, 0.0005));
        QVERIFY(close(valueOf(krippendorff_alpha({counts, {}})), alphaByPairs(kKrippendorff), 1e-12));
    }

    void gwetsPackageOnTheSameData() {
        // irrCAC's vignette "Calculating Chance-corrected Agreement Coefficients" prints for cac.raw4raters:
        // pa 0.8181818, gwet.ac1.raw 0.77544, fleiss.kappa.raw 0.76117, krippen.alpha.raw 0.74342.
        const auto counts = counted(kKrippendorff, 5);
        QVERIFY(close(valueOf(raw_agreement({counts, {}})), 0.8181818, 5e-8));
        QVERIFY(close(valueOf(gwet_ac1({counts, {}})), 0.77544, 5e-6));
        QVERIFY(close(valueOf(fleiss_kappa({counts, {}})), 0.76117, 5e-6));
        QVERIFY(close(valueOf(krippendorff_alpha({counts, {}})), 0.74342, 5e-6));
    }

    void gwetsParadox() {
        // Two raters, 125 subjects: both + 118, one of them + 5 and 2, both - 0 (Gwet, "Kappa statistic is not
        // satisfactory for assessing the extent of agreement between raters", 2002): near-perfect agreement, AC1 0.94,
        // while the kappa family falls below 0.
        std::vector<AnswerCounts> table(118, {0, 2});
        table.insert(table.end(), 7, {1, 1});
        QVERIFY(close(valueOf(gwet_ac1({table, {}})), 0.9408, 0.00005));
        QVERIFY(valueOf(fleiss_kappa({table, {}})) < 0);
        QVERIFY(valueOf(krippendorff_alpha({table, {}})) < 0);
    }

    void bruteForceOnRandomData() {
        for (uint64_t trial = 0; trial < 60; ++trial) {
            Random random(11, trial);
            const int categories = 2 + static_cast<int>(random.below(3));
            Ratings ratings(5 + random.below(30), std::vector<int>(2 + random.below(9)));
            for (auto& row : ratings) {
                for (auto& r : row) r = random.chance(0.3) ? kMissing : static_cast<int>(random.below(categories));
            }
            ratings.front() = std::vector<int>(ratings.front().size(), 0);  // at least one clip that has a pair,
            ratings.back() = std::vector<int>(ratings.back().size(), 1);    // and two categories
            const auto counts = counted(ratings, categories);
            const double raw = pairAgreement(ratings);
            double squares = 0, spread = 0;
            for (const double s : meanShares(ratings, categories)) {
                squares += s * s;
                spread += s * (1 - s) / (categories - 1);
            }
            QVERIFY(close(valueOf(raw_agreement({counts, {}})), raw, 1e-12));
            QVERIFY(close(valueOf(fleiss_kappa({counts, {}})), (raw - squares) / (1 - squares), 1e-12));
            QVERIFY(close(valueOf(gwet_ac1({counts, {}})), (raw - spread) / (1 - spread), 1e-12));
            QVERIFY(close(valueOf(krippendorff_alpha({counts, {}})), alphaByPairs(ratings), 1e-9));
        }
    }

    void undefinedIsSaidAndNeverNan() {
        const std::vector<AnswerCounts> unanimous(20, {0, 10});
        for (const auto& s : {fleiss_kappa({unanimous, {}}), krippendorff_alpha({unanimous, {}})}) {
            QVERIFY(!s.value);
            QVERIFY(!s.undefined.empty());
        }
        QCOMPARE(valueOf(raw_agreement({unanimous, {}})), 1.0);
        QCOMPARE(valueOf(gwet_ac1({unanimous, {}})), 1.0);
        const std::vector<AnswerCounts> lone = {{1, 0}, {0, 1}, {0, 0}}, none;
        for (const auto& clips : {lone, none}) {
            for (const auto& s : {raw_agreement({clips, {}}), fleiss_kappa({clips, {}}),
                                  krippendorff_alpha({clips, {}}), gwet_ac1({clips, {}})}) {
                QVERIFY(!s.value);
                QVERIFY(!s.undefined.empty());
            }
        }
        const std::vector<AnswerCounts> nearly = {{1, 9}, {0, 1}};
        for (const auto& s : {fleiss_kappa({nearly, {}}), krippendorff_alpha({nearly, {}}), gwet_ac1({nearly, {}})}) {
            QVERIFY(s.value && std::isfinite(*s.value));
        }
    }

    void verdictsAndTies() {
        QCOMPARE(verdict(6, 4, TieRule::no), std::optional<bool>(true));
        QCOMPARE(verdict(4, 6, TieRule::yes), std::optional<bool>(false));
        QCOMPARE(verdict(5, 5, TieRule::no), std::optional<bool>(false));
        QCOMPARE(verdict(5, 5, TieRule::yes), std::optional<bool>(true));
        QVERIFY(!verdict(5, 5, TieRule::leave_out));
        QVERIFY(!verdict(0, 0, TieRule::yes));
        for (const auto rule : {TieRule::no, TieRule::yes, TieRule::leave_out}) {
            QCOMPARE(tie_rule_from_string(to_string(rule)), rule);
        }
    }

    void stabilityAgainstEveryDraw() {
        Random random(3);
        for (const auto rule : {TieRule::no, TieRule::yes, TieRule::leave_out}) {
            std::vector<VoteCount> clips;
            for (int i = 0; i < 25; ++i) {
                clips.push_back({static_cast<int>(random.below(6)), static_cast<int>(random.below(6))});
            }
            for (const auto& point : stability_curve(clips, rule)) {
                double sum = 0;
                int64_t counted = 0;
                for (const auto& [yes, no] : clips) {
                    const auto of_all = verdict(yes, no, rule);
                    const int n = yes + no;
                    if (n < point.annotators || !of_all) continue;
                    ++counted;
                    int draws = 0, agreeing = 0;
                    for (unsigned set = 0; set < 1u << n; ++set) {  // answers 0 .. yes - 1 are the yes answers
                        if (std::popcount(set) != point.annotators) continue;
                        const int said = std::popcount(set & ((1u << yes) - 1));
                        ++draws;
                        agreeing += verdict(said, point.annotators - said, rule) == of_all;
                    }
                    sum += static_cast<double>(agreeing) / draws;
                }
                QCOMPARE(point.clips, counted);
                QVERIFY(close(point.percent, 100 * sum / static_cast<double>(counted), 1e-9));
            }
        }
    }

    void stabilityEndsAtAll() {
        const std::vector<VoteCount> clips = {{10, 0}, {7, 3}, {5, 5}, {1, 9}};
        const auto curve = stability_curve(clips, TieRule::no);
        QCOMPARE(curve.size(), size_t{10});
        QVERIFY(close(curve.back().percent, 100, 1e-9));
        QVERIFY(close(curve.front().percent, (100 + 70 + 50 + 90) / 4.0, 1e-9));
        QVERIFY(stability_curve({}, TieRule::no).empty());
    }
};

REST_TEST(TestStudyAgreement)
#include "test_study_agreement.moc"
