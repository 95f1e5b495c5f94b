// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QtTest/QtTest>

#include <cmath>
#include <sstream>

#include "tests/distributed/processes.h"
#include "tests/support/test_program.h"

using namespace rest::test;

namespace {

struct Trained {
    std::vector<double> losses;  // by batch
    std::string weights;         // their checksum
};

Trained parsed(const std::string& output) {
    Trained out;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);) {
        if (line.find('.') == std::string::npos)
            out.weights = line;
        else
            out.losses.push_back(std::stod(line));
    }
    return out;
}

}  // namespace

/// Three epochs of 7 videos in batches of 4: with four processes the second batch leaves one without a video.
class TestSharedTraining : public QObject {
    Q_OBJECT

    Trained alone_;

    static std::vector<Trained> train(int size) {
        std::vector<Trained> out;
        for (const auto& [status, output] :
             run_group(QCoreApplication::applicationDirPath() + "/training_worker", {}, size, 120)) {
            if (status != 0) qWarning("%s", output.c_str());
            out.push_back(parsed(output));
        }
        return out;
    }

  private Q_SLOTS:
    void initTestCase() {
        if (!REST_HAS_GLOO) QSKIP("This build has no Gloo");
        alone_ = train(1).front();
        QCOMPARE(alone_.losses.size(), size_t{6});
        QVERIFY(alone_.losses.back() < alone_.losses.front());
    }

    void lossesAreThoseOfOneProcess_data() {
        QTest::addColumn<int>("size");
        for (const int size : {2, 3, 4}) QTest::addRow("%d processes", size) << size;
    }

    void lossesAreThoseOfOneProcess() {
        QFETCH(int, size);
        const auto all = train(size);
        for (const auto& one : all) {
            QCOMPARE(one.weights, all.front().weights);
            QCOMPARE(one.losses.size(), alone_.losses.size());
            for (size_t i = 0; i < one.losses.size(); ++i) {
                const double off = std::abs(one.losses[i] / alone_.losses[i] - 1);
                QVERIFY2(off < 1e-5, qPrintable(QStringLiteral("batch %1: %2").arg(i).arg(off)));
            }
        }
    }
};

REST_TEST(TestSharedTraining)
#include "test_shared_training.moc"
