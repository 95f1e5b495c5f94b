// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/safetensors.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
namespace fs = std::filesystem;

namespace {

std::string with_size(const std::string& header, const std::string& data, uint64_t claimed) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(claimed >> (8 * i) & 0xff);
    return bytes + header + data;
}

std::string file_of(const std::string& header, size_t data_bytes) {
    return with_size(header, std::string(data_bytes, '\1'), header.size());
}

void write_text(const fs::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

long peak_kilobytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path path() const { return fs::path(dir_.path().toStdString()) / "weights ü.safetensors"; }

  private Q_SLOTS:
    void everyTypeSurvivesTheRoundTrip() {
        Weights weights;
        for (const auto type : {torch::kFloat64, torch::kFloat32, torch::kFloat16, torch::kBFloat16, torch::kInt64,
                                torch::kInt32, torch::kInt16, torch::kInt8, torch::kUInt8, torch::kBool}) {
            weights[std::string("t.") + torch::toString(type)] = torch::arange(6).reshape({2, 3}).to(type);
        }
        weights["transposed"] = torch::arange(6.0).reshape({2, 3}).t();
        weights["scalar"] = torch::tensor(2.5);
        weights["empty"] = torch::empty({0, 4});
        write_safetensors(path(), weights, {{"format", "pt"}});
        const auto read = read_safetensors(path());
        QCOMPARE(read.size(), weights.size());
        for (const auto& [name, tensor] : weights) {
            const auto& other = require(read, name);
            QCOMPARE(other.scalar_type(), tensor.scalar_type());
            QVERIFY2(other.sizes() == tensor.sizes() && torch::equal(other, tensor), name.c_str());
        }
    }

    /// As a parsed tree it would take gigabytes; a streaming parser needs no memory.
    void aHeaderBombTakesNoMemory() {
        std::string header = R"({"__metadata__":[)";
        for (int i = 0; i < 12'000'000; ++i) header += "[],";
        header += R"(0],"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
        write_text(path(), with_size(header, "x", header.size()));
        const long before = peak_kilobytes();
        QCOMPARE(read_safetensors(path()).size(), size_t{1});
        QVERIFY2(peak_kilobytes() - before < 200'000, "the header alone takes 36 MB");
    }

    void aMissingTensorIsNamed() {
        try {
            require({}, "some.weight");
            QFAIL("must throw");
        } catch (const Error& e) {
            QVERIFY(std::string(e.what()).find("some.weight") != std::string::npos);
        }
    }

    void hostileFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("part");  // of the message
        const auto row = [](const char* name, const std::string& bytes, const char* part) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(part);
        };
        const auto tensor = [](const std::string& name, const std::string& dtype, const std::string& shape,
                               const std::string& offsets) {
            return std::string("\"") + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
                   ",\"data_offsets\":" + offsets + "}";
        };
        const std::string a = tensor("a", "F32", "[2]", "[0,8]"), b = tensor("b", "F32", "[1]", "[8,12]");
        row("empty", "", "0 bytes");
        row("shorter than a size", "abc", "3 bytes");
        row("header over 100 MB", with_size("{}", "", 100'000'001), "100 MB");
        row("header size all ones", with_size("{}", "", ~uint64_t{0}), "100 MB");
        row("header longer than the file", with_size("{}", "", 3), "cut short");
        row("no JSON", file_of("{\"a\"", 0), "not JSON");
        row("an array", file_of("[]", 0), "not a JSON object");
        row("a number", file_of("7", 0), "not a JSON object");
        row("bad UTF-8", file_of("{\"\xff\":1}", 0), "not JSON");
        row("overlap", file_of("{" + a + "," + tensor("b", "F32", "[1]", "[4,8]") + "}", 8), "overlaps");
        row("gap", file_of("{" + a + "," + tensor("b", "F32", "[1]", "[12,16]") + "}", 16), "gap");
        row("gap at the start", file_of("{" + tensor("b", "F32", "[1]", "[4,8]") + "}", 8), "gap");
        row("beyond the end", file_of("{" + a + "," + b + "}", 11), "cut short");
        row("bytes left over", file_of("{" + a + "," + b + "}", 13), "1 bytes follow");
        row("the same name twice", file_of("{" + a + "," + tensor("a", "F32", "[1]", "[8,12]") + "}", 12), "twice");
        row("product overflows", file_of("{" + tensor("a", "F32", "[4294967296,4294967296]", "[0,0]") + "}", 0),
            "overflows");
        row("overflow hidden by a zero",
            file_of("{" + tensor("a", "F32", "[4611686018427387904,4611686018427387904,0]", "[0,0]") + "}", 0),
            "overflows");
        row("size beyond 64 bits", file_of("{" + tensor("a", "F32", "[18446744073709551615]", "[0,4]") + "}", 4),
            "bad number");
        row("negative size", file_of("{" + tensor("a", "F32", "[-2]", "[0,8]") + "}", 8), "bad number");
        row("fractional offset", file_of("{" + tensor("a", "F32", "[2]", "[0,8.5]") + "}", 8), "bad number");
        row("offsets turned round", file_of("{" + tensor("a", "F32", "[2]", "[8,0]") + "}", 8), "offsets");
        row("size and offsets disagree", file_of("{" + tensor("a", "F32", "[3]", "[0,8]") + "}", 8), "needs 12 bytes");
        row("unknown type", file_of("{" + tensor("a", "F8_E4M3", "[2]", "[0,2]") + "}", 2), "F8_E4M3");
        row("no shape", file_of("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8), "no dtype");
        row("tensor is a text", file_of("{\"a\":\"b\"}", 0), "no dtype");
        row("type twice", file_of(R"({"a":{"dtype":"F32","dtype":"U8","shape":[2],"data_offsets":[0,8]}})", 8),
            "twice");
        row("metadata twice", file_of(R"({"__metadata__":{},"__metadata__":{}})", 0), "twice");
        row("three offsets", file_of("{" + tensor("a", "F32", "[2]", "[0,4,8]") + "}", 8), "wrong form");
        row("one offset", file_of("{" + tensor("a", "F32", "[2]", "[8]") + "}", 8), "wrong form");
        row("shape in a shape", file_of("{" + tensor("a", "F32", "[[2]]", "[0,8]") + "}", 8), "bad number");
        row("type in a list", file_of(R"({"a":{"dtype":["F32"],"shape":[2],"data_offsets":[0,8]}})", 8), "wrong form");
        row("tensor is a list", file_of(R"({"a":[]})", 0), "no dtype");
        row("brackets", file_of(std::string(1'000'000, '['), 0), "not a JSON object");
        row("brackets in the metadata", file_of(R"({"__metadata__":)" + std::string(1'000'000, '['), 0), "not JSON");
        row("dimensions without end",
            file_of("{" + tensor("a", "F32", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,4]") + "}", 4), "dimensions");
    }

    void hostileFilesAreRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, part);
        write_file_atomically(path(), bytes.toStdString());
        try {
            read_safetensors(path());
            QFAIL("must throw");
        } catch (const Error& e) {
            const auto message = QString::fromStdString(e.what());
            QVERIFY2(message.contains(part), e.what());
            QVERIFY2(message.contains("weights ü.safetensors"), e.what());
        }
    }

    void everyCutIsNoticed() {
        write_safetensors(path(), {{"a", torch::ones({3, 2})}, {"b", torch::ones({5})}});
        const std::string whole = read_file(path());
        for (size_t size = 0; size < whole.size(); ++size) {
            write_file_atomically(path(), whole.substr(0, size));
            QVERIFY_THROWS_EXCEPTION(Error, read_safetensors(path()));
        }
    }

    void whatCannotBeWrittenIsNamed() {
        QVERIFY_THROWS_EXCEPTION(Error, write_safetensors(path(), {{"z", torch::ones({2}, torch::kComplexFloat)}}));
    }

    void golden() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny/model.safetensors");
        const auto weights = read_safetensors(golden);
        write_safetensors(path(), weights);
        const auto again = read_safetensors(path());
        QCOMPARE(again.size(), weights.size());
        for (const auto& [name, tensor] : weights) QVERIFY(torch::equal(require(again, name), tensor));
    }
};

REST_TEST(TestSafetensors)
#include "test_safetensors.moc"
