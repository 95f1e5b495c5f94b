// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/base/paths.h"
#include "core/engine/inference/text_pool.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

class TestTextPool : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void theSameWordsAreOneCaption() {
        TextPool pool;
        const auto id = pool.add("A person is rowing");
        QCOMPARE(pool.add("  a person  is ROWING "), id);
        QVERIFY(pool.add("a person is rowing fast") != id);
        QCOMPARE(pool.size(), int64_t{2});
        QCOMPARE(pool.text(id), std::string("A person is rowing"));  // in its first spelling
    }

    void eachTextIsEncodedOnceAndAsAlone() {
        const auto machine = prepare_machine({.device = "cpu"});
        const auto clip = load_clip(clip_folder({}), 0, machine);
        SilentTask task;
        TextPool pool;
        pool.add("a person is rowing");
        const TextPool::Encoder encode = [&](const auto& texts) { return encode_texts(clip, texts, machine, task); };
        const auto first = pool.features(encode).clone();
        pool.add("a dog runs");
        const auto both = pool.features(encode);
        QCOMPARE(both.size(0), int64_t{2});
        QVERIFY(torch::equal(both[0], first[0]));
        const auto alone = encode_texts(clip, {"a dog runs"}, machine, task);
        QVERIFY(torch::equal(both[1], alone[0]));
    }

    void featuresWorkedOutBeforeAreTaken() {
        const auto machine = prepare_machine({.device = "cpu"});
        const auto clip = load_clip(clip_folder({}), 0, machine);
        SilentTask task;
        TextPool pool;
        const auto width = encode_texts(clip, {"x"}, machine, task).size(1);
        const auto kept = torch::full({2, width}, 0.25f);
        pool.preload({"one", "two"}, kept);
        pool.add("three");
        const auto& features =
            pool.features([&](const auto& texts) { return encode_texts(clip, texts, machine, task); });
        QVERIFY(torch::equal(features.slice(0, 0, 2), kept));
        QCOMPARE(features.size(0), int64_t{3});
    }
};

REST_TEST(TestTextPool)
#include "test_text_pool.moc"
