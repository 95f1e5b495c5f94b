// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/evaluation/tam/clip_tam.h"
#include "tests/support/processor_timer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

namespace {

Matrix matrix(const std::vector<std::vector<float>>& rows) {
    Matrix m(std::ssize(rows), rows.empty() ? 0 : std::ssize(rows[0]));
    for (int64_t i = 0; i < m.rows; ++i) std::copy(rows[i].begin(), rows[i].end(), m.row(i).begin());
    return m;
}

/// The `n` unit vectors along the axes.
Matrix axes(int64_t n) {
    Matrix m(n, n);
    for (int64_t i = 0; i < n; ++i) m.row(i)[i] = 1;
    return m;
}

}  // namespace

class TestClipTam : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void workedByHand() {
        // Seven classes along the axes, so a caption's scores are its components.
        const Matrix captions = matrix({
            {.9f, .3f, .2f, .1f, 0, 0, 0},            // true class 0 is first
            {.9f, .3f, .2f, .1f, .05f, .04f, .03f},   // true class 4 is fifth: within the five
            {.9f, .3f, .2f, .1f, .05f, .04f, .03f},   // true class 5 is sixth: not
            {-.9f, -.3f, -.2f, -.1f, 0, .1f, -.05f},  // true class 5 is first
        });
        const auto tam = clip_tam(captions, axes(7), std::vector{0, 4, 5, 5});
        QCOMPARE(tam.rank, (std::vector{0, 4, 5, 0}));
        QCOMPARE(tam.predicted, (std::vector{0, 0, 0, 5}));
        QCOMPARE(tam.counted, int64_t{4});
        QCOMPARE(tam.top1, 50.0);
        QCOMPARE(tam.top5, 75.0);
    }

    void tiesGoToTheLowerClass() {
        const Matrix captions =
            matrix({{.5f, .5f, .5f, .5f, .5f, .5f}, {.5f, .5f, .5f, .5f, .5f, .5f}, {0, .6f, .6f, 0, 0, 0}});
        const auto tam = clip_tam(captions, axes(6), std::vector{0, 5, 2});
        QCOMPARE(tam.predicted, (std::vector{0, 0, 1}));
        QCOMPARE(tam.rank, (std::vector{0, 5, 1}));
        QCOMPARE(tam.top1, 100.0 / 3);
        QCOMPARE(tam.top5, 200.0 / 3);
    }

    /// Two equal class names have equal features: scores tie to the last bit in every position.
    void copiesOfAClassTie() {
        Random random(3);
        Matrix classes(40, 77), captions(25, 77);
        for (auto& x : captions.values) x = static_cast<float>(random.normal());
        for (int64_t c = 0; c < 20; ++c) {
            for (auto& x : classes.row(c)) x = static_cast<float>(random.normal());
            std::copy(classes.row(c).begin(), classes.row(c).end(), classes.row(c + 20).begin());
        }
        const auto lower = clip_tam(captions, classes, std::vector<int>(25, 7));
        const auto upper = clip_tam(captions, classes, std::vector<int>(25, 27));
        for (int i = 0; i < 25; ++i) {
            QVERIFY(lower.predicted[i] < 20);
            QCOMPARE(lower.rank[i] % 2, 0);
            QCOMPARE(upper.rank[i], lower.rank[i] + 1);
        }
    }

    void captionsWithoutALabelArePredictedButNotCounted() {
        const Matrix captions = matrix({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        const auto tam = clip_tam(captions, axes(3), std::vector{-1, 1, -1});
        QCOMPARE(tam.predicted, (std::vector{0, 1, 2}));
        QCOMPARE(tam.rank, (std::vector{-1, 0, -1}));
        QCOMPARE(tam.counted, int64_t{1});
        QCOMPARE(tam.top1, 100.0);
        const auto none = clip_tam(captions, axes(3), std::vector{-1, -1, -1});
        QCOMPARE(none.counted, int64_t{0});
        QCOMPARE(none.top1, 0.0);
        QCOMPARE(none.top5, 0.0);
    }

    void fiveClassesOrFewerAreAlwaysAmongTheFive() {
        for (int classes = 1; classes <= 5; ++classes) {
            Matrix captions(1, classes);
            for (int c = 0; c < classes; ++c) captions.row(0)[c] = static_cast<float>(-c);
            const auto tam = clip_tam(captions, axes(classes), std::vector{classes - 1});
            QCOMPARE(tam.rank[0], classes - 1);
            QCOMPARE(tam.top5, 100.0);
            QCOMPARE(tam.top1, classes == 1 ? 100.0 : 0.0);
        }
    }

    void noCaptionsAreNoError() {
        const auto tam = clip_tam(Matrix(), axes(3), {});
        QCOMPARE(tam.counted, int64_t{0});
        QVERIFY(tam.predicted.empty());
    }

    void twentyThousandCaptionsTakeUnderASecond() {
        const auto random = [](int64_t rows) {
            Matrix m(rows, 512);
            Random numbers(11, static_cast<uint64_t>(rows));
            for (float& x : m.values) x = static_cast<float>(numbers.uniform(-1, 1));
            return m;
        };
        const Matrix captions = random(20000), classes = random(620);
        const std::vector<int> labels(20000, 7);
        test::ProcessorTimer clock;
        QCOMPARE(clip_tam(captions, classes, labels).counted, int64_t{20000});
        const double seconds = clock.seconds();
        qInfo("20,000 captions against 620 classes: %.2f s of processor time", seconds);
#ifndef REST_INSTRUMENTED
        QVERIFY(seconds < 2);
#endif
    }

    void nonsenseIsNamed() {
        const auto message = [](const Matrix& captions, const Matrix& classes, const std::vector<int>& labels) {
            try {
                clip_tam(captions, classes, labels);
            } catch (const Error& e) {
                return std::string(e.code() == ErrorCode::invalid_argument ? e.what() : "another code");
            }
            return std::string();
        };
        QCOMPARE(message(axes(3), axes(3), {0, 1, 2}), std::string());
        Matrix broken = axes(3);
        broken.row(1)[2] = std::nanf("");
        QVERIFY(message(broken, axes(3), {0, 1, 2}).find("finite") != std::string::npos);
        QVERIFY(message(axes(3), Matrix(), {0, 1, 2}).find("class") != std::string::npos);
        QVERIFY(message(axes(3), axes(4), {0, 1, 2}).find("3") != std::string::npos);
        QVERIFY(message(axes(3), axes(3), {0, 1}).find("2 labels for 3 captions") != std::string::npos);
        QVERIFY(message(axes(3), axes(3), {0, 1, 3}).find("label 3 of 3 classes") != std::string::npos);
        QVERIFY(message(axes(3), axes(3), {0, 1, -2}).find("label -2") != std::string::npos);
    }
};

REST_TEST(TestClipTam)
#include "test_clip_tam.moc"
