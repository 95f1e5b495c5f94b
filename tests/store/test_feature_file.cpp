// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/store/feature_file.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;

class TestFeatureFile : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::filesystem::path path() const {
        return std::filesystem::path(dir_.path().toStdString()) / "über" / "videos.features";
    }

    static Matrix made(int64_t rows, int64_t cols) {
        Matrix m(rows, cols);
        for (size_t i = 0; i < m.values.size(); ++i) m.values[i] = 0.25f * static_cast<float>(i) - 3;
        return m;
    }

  private Q_SLOTS:
    void whatIsWrittenIsRead() {
        for (const auto& [rows, cols] : {std::pair<int64_t, int64_t>{3, 5}, {1, 1}, {0, 4}, {4, 0}}) {
            write_features(path(), made(rows, cols), "modell – ключ");
            const auto found = read_features(path(), "modell – ключ");
            QVERIFY(found.has_value());
            QCOMPARE(found->rows, rows);
            QCOMPARE(found->cols, cols);
            QVERIFY(found->values == made(rows, cols).values);
        }
    }

    void anotherKeyReadsAsNothing() {
        write_features(path(), made(2, 2), "one key");
        QVERIFY(!read_features(path(), "two key"));
        QVERIFY(!read_features(path(), "one ke"));
        QVERIFY(!read_features(path(), ""));
        QVERIFY(!read_features(path().parent_path() / "absent", "one key"));
        QVERIFY(!read_features(path().parent_path(), "one key"));
    }

    void anyDamageReadsAsNothing() {
        write_features(path(), made(3, 4), "key");
        const auto whole = read_file(path());
        for (size_t length = 0; length < whole.size(); ++length) {
            write_file_atomically(path(), whole.substr(0, length));
            QVERIFY(!read_features(path(), "key"));
        }
        write_file_atomically(path(), whole + "x");
        QVERIFY(!read_features(path(), "key"));
        for (size_t at = 0; at < whole.size(); ++at) {
            auto flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
            write_file_atomically(path(), flipped);
            QVERIFY2(!read_features(path(), "key"), std::to_string(at).c_str());
        }
        write_file_atomically(path(), whole);
        QVERIFY(read_features(path(), "key").has_value());
    }

    void rowsAreReadOneAfterAnother() {
        const auto whole = made(1000, 300);  // of several blocks
        write_features(path(), whole, "a key");
        auto scan = FeatureScan::open(path());
        QVERIFY(scan.has_value());
        QCOMPARE(scan->key(), std::string("a key"));
        QCOMPARE(scan->rows(), int64_t{1000});
        for (int round = 0; round < 2; ++round) {
            int64_t next = 0;
            QVERIFY(scan->visit([&](int64_t i, std::span<const float> row) {
                QCOMPARE(i, next++);
                QVERIFY(std::ranges::equal(row, whole.row(i)));
            }));
            QCOMPARE(next, int64_t{1000});
            QVERIFY(std::ranges::equal(scan->row(517), whole.row(517)));
        }
        auto bytes = read_file(path());
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        write_file_atomically(path(), bytes);
        QVERIFY(!FeatureScan::open(path())->visit([](int64_t, std::span<const float>) {}));
        write_file_atomically(path(), bytes.substr(0, bytes.size() - 1));
        QVERIFY(!FeatureScan::open(path()));
        QVERIFY(!FeatureScan::open(path().parent_path() / "absent"));
    }

    void aMatrixThatLiesIsRefused() {
        Matrix m = made(2, 3);
        m.rows = 5;
        QVERIFY_THROWS_EXCEPTION(Error, write_features(path(), m, "key"));
    }
};

REST_TEST(TestFeatureFile)
#include "test_feature_file.moc"
