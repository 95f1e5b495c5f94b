// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/evaluation/protocols/protocol.h"
#include "core/evaluation/tables/split_mean.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

class TestProtocol : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyProtocolIsNamedOnce() {
        std::set<std::string> names;
        for (const auto& protocol : protocols()) {
            QVERIFY2(names.insert(protocol.name).second, protocol.name.c_str());
            QVERIFY(!protocol.title.empty() && !protocol.needs.empty());
            QCOMPARE(protocol.trains, protocol.epochs > 0);
            QCOMPARE(protocol_named(protocol.name).title, protocol.title);
        }
        QCOMPARE(names.size(), size_t{17});
        for (const char* name :
             {"project-val", "kinetics400-val", "ucf101-zero-shot", "hmdb51-zero-shot", "kinetics220-split",
              "kinetics220-generalised", "ucf101-few-shot-2", "hmdb51-few-shot-16", "kinetics400-supervised",
              "ucf101-supervised", "hmdb51-supervised"}) {
            QVERIFY2(names.contains(name), name);
        }
        QVERIFY_EXCEPTION_THROWN(protocol_named("ucf101"), Error);
    }

    void epochsOfTable10() {
        QCOMPARE(few_shot_epochs(2), 200);
        QCOMPARE(few_shot_epochs(4), 100);
        QCOMPARE(few_shot_epochs(8), 50);
        QCOMPARE(few_shot_epochs(16), 30);
        QCOMPARE(protocol_named("hmdb51-few-shot-4").epochs, 100);
        QCOMPARE(protocol_named("kinetics400-supervised").epochs, 60);
    }

    void thePapersOwnFigures() {
        const auto tables = load_paper_tables(test::source_dir() / "resources/paper/tables.json");
        const auto printed = [&](const char* name) {
            const auto figures = paper_figures(protocol_named(name), tables);
            return figures ? figures->source + ": " + figures->top1.text + " | " + figures->top5.text : "none";
        };
        QCOMPARE(printed("project-val"), std::string("none"));
        QCOMPARE(printed("ucf101-supervised"), std::string("none"));
        QCOMPARE(printed("kinetics400-val"), std::string("Table 2: 63.9 | 81.0"));
        QCOMPARE(printed("hmdb51-zero-shot"), std::string("Table 3: 49.7 ± 1.14 | "));
        QCOMPARE(printed("ucf101-zero-shot"), std::string("Table 3: 69.1 ± 0.62 | "));
        QCOMPARE(printed("kinetics220-split"), std::string("Table 4: 51.7 ± 1.1 | 75.2 ± 0.4"));
        QCOMPARE(printed("kinetics220-generalised"), std::string("Table 5: 29.51 ± 0.71 | 56.12 ± 0.37"));
        QCOMPARE(printed("hmdb51-few-shot-8"), std::string("Table 6: 62.1 | "));
        QCOMPARE(printed("ucf101-few-shot-2"), std::string("Table 6: 88.2 | "));
        QCOMPARE(printed("kinetics400-supervised"), std::string("Table 8: 79.0 | 87.8"));
        for (const auto& protocol : protocols()) paper_figures(protocol, tables);
    }

    void meanAndSampleDeviation() {
        // 48, 50 and 52: mean 50, squares 4 + 0 + 4, over n - 1 = 2: deviation 2.
        const auto three = mean_and_deviation(std::vector{48.0, 50.0, 52.0});
        QCOMPARE(three.mean, 50.0);
        QCOMPARE(*three.deviation, 2.0);
        QCOMPARE(three.values, 3);
        QCOMPARE(*mean_and_deviation(std::vector{1.0, 2.0}).deviation, std::sqrt(0.5));
        QCOMPARE(*mean_and_deviation(std::vector{7.0, 7.0}).deviation, 0.0);
        QVERIFY(!mean_and_deviation(std::vector{7.0}).deviation);
        QCOMPARE(mean_and_deviation(std::vector{7.0}).mean, 7.0);
        QCOMPARE(mean_and_deviation(std::vector<double>{}).values, 0);

        const std::vector<std::map<std::string, double>> splits = {{{"top1", 1}, {"top5", 3}}, {{"top1", 3}}};
        const auto by_metric = mean_and_deviation(splits);
        QCOMPARE(by_metric.at("top1").mean, 2.0);
        QCOMPARE(*by_metric.at("top1").deviation, std::sqrt(2.0));
        QCOMPARE(by_metric.at("top5").values, 1);
    }
};

REST_TEST(TestProtocol)
#include "test_protocol.moc"
