// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/checkpoint/torch_pickle.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

const std::vector<SavedTensor>& some_tensors() {
    static const std::vector<SavedTensor> kTensors{
        {.name = "layer.weight", .shape = {2, 3}, .data = float_bytes({1, 2, 3, 4, 5, 6})},
        {.name = "layer.transposed", .shape = {3, 2}, .data = float_bytes({1, 2, 3, 4, 5, 6}), .strides = {1, 3}},
        {.name = "part", .shape = {2}, .data = float_bytes({7, 8, 9}), .offset = 1},
        {.name = "half", .shape = {2}, .data = std::string("\x00\x3c\x00\xc0", 4), .type = "HalfStorage"},
        {.name = "ids", .shape = {1}, .data = std::string("\x05\0\0\0\0\0\0\0", 8), .type = "LongStorage"},
        {.name = "scale", .shape = {}, .data = float_bytes({0.5F})}};
    return kTensors;
}

void check_some_tensors(const Weights& weights) {
    QCOMPARE(weights.size(), some_tensors().size());
    QVERIFY(torch::equal(require(weights, "layer.weight"), torch::arange(1.0F, 7.0F).reshape({2, 3})));
    QVERIFY(torch::equal(require(weights, "layer.transposed"), torch::arange(1.0F, 7.0F).reshape({2, 3}).t()));
    QVERIFY(torch::equal(require(weights, "part"), torch::tensor({8.0F, 9.0F})));
    QVERIFY(torch::equal(require(weights, "half"), torch::tensor({1.0F, -2.0F}).to(torch::kFloat16)));
    QVERIFY(torch::equal(require(weights, "ids"), torch::tensor({int64_t{5}})));
    QCOMPARE(require(weights, "scale").dim(), int64_t{0});
    QCOMPARE(require(weights, "scale").item<float>(), 0.5F);
}

std::string archive_of(const std::string& pickle) {
    return ZipWriter{.entries = {{"archive/data.pkl", pickle}, {"archive/data/0", float_bytes({1, 2, 3, 4})}}}.bytes();
}

}  // namespace

class TestTorchPickle : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir dir_;
    fs::path path() const { return fs::path(dir_.path().toStdString()) / "weights ü.pth"; }
    Weights read(const std::string& bytes) const {
        // Not atomically: thousands of hostile files need no fsync.
        std::ofstream(path(), std::ios::binary | std::ios::trunc)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return read_torch_file(path());
    }
    /// The error's message; empty when the file was read.
    std::string refusal(const std::string& bytes) const {
        try {
            read(bytes);
            return {};
        } catch (const Error& e) {
            return e.what();
        }
    }

  private Q_SLOTS:
    void zipArchive() { check_some_tensors(read(torch_archive(some_tensors()))); }
    void streamBeforePyTorch16() { check_some_tensors(read(torch_stream(some_tensors()))); }
    void torchScriptArchive() { check_some_tensors(read(torchscript_archive(some_tensors()))); }

    void zip64() {
        const std::string pickle = state_dict_pickle({some_tensors()[0]});
        const ZipWriter zip{.entries = {{"x/data.pkl", pickle}, {"x/data/0", some_tensors()[0].data}}, .zip64 = true};
        QVERIFY(torch::equal(require(read(zip.bytes()), "layer.weight"), torch::arange(1.0F, 7.0F).reshape({2, 3})));
    }

    void nestedDictionariesAreFlattened() {
        const auto weights = read(torch_archive(some_tensors(), "model"));
        QCOMPARE(weights.size(), some_tensors().size());  // "epoch" is not a tensor
        QVERIFY(weights.contains("model.layer.weight"));
    }

    void parametersAndSharedStorage() {
        PickleWriter pickle;
        pickle.raw("\x80\x02}(").text("a").global("torch._utils", "_rebuild_parameter").raw("(");
        write_tensor(pickle, {.name = "", .shape = {4}, .data = float_bytes({1, 2, 3, 4})}, "0");
        pickle.raw("\x88").global("collections", "OrderedDict").raw(")RtR").text("b");
        write_tensor(pickle, {.name = "", .shape = {2, 2}, .data = float_bytes({1, 2, 3, 4})}, "0");
        const auto weights = read(archive_of(pickle.raw("u.").bytes()));
        QCOMPARE(require(weights, "a").data_ptr(), require(weights, "b").data_ptr());
    }

    void otherGlobalsAreRefusedByName_data() {
        QTest::addColumn<QString>("module");
        QTest::addColumn<QString>("name");
        for (const auto& [module, name] :
             std::vector<std::pair<const char*, const char*>>{{"os", "system"},
                                                              {"posix", "system"},
                                                              {"builtins", "eval"},
                                                              {"__builtin__", "exec"},
                                                              {"torch._utils", "_rebuild_device_tensor_from_numpy"},
                                                              {"torch", "load"},
                                                              {"torch.storage", "_load_from_bytes"},
                                                              {"collections", "namedtuple"},
                                                              {"__torch__.evil", "Module"},
                                                              {"torch os.Storage", "x"}}) {
            QTest::newRow(name) << module << name;
        }
    }

    void otherGlobalsAreRefusedByName() {
        QFETCH(QString, module);
        QFETCH(QString, name);
        const auto marker = fs::path(dir_.path().toStdString()) / "ran";
        PickleWriter pickle;
        pickle.raw("\x80\x02").global(module.toStdString(), name.toStdString());
        pickle.raw("(").text("touch " + marker.string()).raw("tR.");
        const auto message = refusal(archive_of(pickle.bytes()));
        QVERIFY2(message.find((module + "." + name).toStdString()) != std::string::npos, message.c_str());
        QVERIFY(!fs::exists(marker));
    }

    void knownNamesAreNoFunctions() {
        const auto call = [&](const char* module, const char* name, const char* opcode) {
            return refusal(archive_of(PickleWriter().raw("\x80\x02").global(module, name).raw(opcode).bytes()));
        };
        QVERIFY(!call("torch", "FloatStorage", "(tR.").empty());
        QVERIFY(!call("torch", "FloatStorage", ")\x81.").empty());
        QVERIFY(!call("torch._utils", "_rebuild_tensor_v2", ")R.").empty());
        QVERIFY(!call("torch._utils", "_rebuild_parameter", ")R.").empty());
        QVERIFY(!call("torch", "Size", ")\x81.").empty());
    }

    void everyCutIsNoticed() {
        for (const auto& whole : {torch_archive(some_tensors()), torch_stream(some_tensors())}) {
            for (size_t size = 0; size < whole.size(); size += 3) QVERIFY(!refusal(whole.substr(0, size)).empty());
        }
    }

    void everyCutOfThePickleIsNoticed() {
        const std::string whole = state_dict_pickle({some_tensors()[0]});
        for (size_t size = 0; size < whole.size(); ++size) {
            QVERIFY(!refusal(archive_of(whole.substr(0, size))).empty());
        }
    }

    void damagedBytesNeverCrash() {
        Random random(5);
        for (const auto& whole :
             {torch_archive(some_tensors()), torch_stream(some_tensors()), torchscript_archive(some_tensors())}) {
            int refused = 0;
            for (int i = 0; i < 1500; ++i) {
                std::string bytes = whole;
                for (int flips = 0; flips < 1 + i % 3; ++flips) {
                    bytes[random.below(static_cast<uint32_t>(bytes.size()))] = static_cast<char>(random.below(256));
                }
                refused += !refusal(bytes).empty();
            }
            QVERIFY(refused > 500);
        }
    }

    void tensorsBeyondTheirStorage_data() {
        QTest::addColumn<QList<qint64>>("shape");
        QTest::addColumn<QList<qint64>>("strides");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("elements");
        const qint64 huge = std::numeric_limits<int64_t>::max();
        QTest::newRow("shape") << QList<qint64>{5} << QList<qint64>{1} << qint64(0) << qint64(4);
        QTest::newRow("offset") << QList<qint64>{2} << QList<qint64>{1} << qint64(3) << qint64(4);
        QTest::newRow("scalar behind the end") << QList<qint64>{} << QList<qint64>{} << qint64(4) << qint64(4);
        QTest::newRow("negative offset") << QList<qint64>{2} << QList<qint64>{1} << qint64(-1) << qint64(4);
        QTest::newRow("stride") << QList<qint64>{2, 2} << QList<qint64>{3, 1} << qint64(0) << qint64(4);
        QTest::newRow("negative stride") << QList<qint64>{2} << QList<qint64>{-1} << qint64(1) << qint64(4);
        QTest::newRow("negative size") << QList<qint64>{-2} << QList<qint64>{1} << qint64(0) << qint64(4);
        QTest::newRow("overflow") << QList<qint64>{huge, huge} << QList<qint64>{huge, huge} << qint64(0) << qint64(4);
        QTest::newRow("repeated without end")
            << QList<qint64>{1 << 30, 1 << 30} << QList<qint64>{0, 0} << qint64(0) << qint64(4);
        QTest::newRow("dimensions differ") << QList<qint64>{2, 2} << QList<qint64>{1} << qint64(0) << qint64(4);
        QTest::newRow("storage larger than its entry")
            << QList<qint64>{5} << QList<qint64>{1} << qint64(0) << qint64(5);
        QTest::newRow("storage larger than the file")
            << QList<qint64>{4} << QList<qint64>{1} << qint64(0) << qint64(1) * (1LL << 40);
        QTest::newRow("storage of overflowing size") << QList<qint64>{4} << QList<qint64>{1} << qint64(0) << huge;
        QTest::newRow("storage of negative size") << QList<qint64>{0} << QList<qint64>{1} << qint64(0) << qint64(-2);
    }

    void tensorsBeyondTheirStorage() {
        QFETCH(QList<qint64>, shape);
        QFETCH(QList<qint64>, strides);
        QFETCH(qint64, offset);
        QFETCH(qint64, elements);
        PickleWriter pickle;
        pickle.raw("\x80\x02}").text("t").global("torch._utils", "_rebuild_tensor_v2").raw("((").text("storage");
        pickle.global("torch", "FloatStorage").text("0").text("cpu").integer(elements).raw("tQ").integer(offset);
        pickle.integers({shape.begin(), shape.end()}).integers({strides.begin(), strides.end()}).raw("\x89NtRs.");
        QVERIFY(!refusal(archive_of(pickle.bytes())).empty());
    }

    void oneStorageTwiceAndDifferently() {
        PickleWriter pickle;
        pickle.raw("\x80\x02}(").text("a");
        write_tensor(pickle, {.name = "", .shape = {4}, .data = float_bytes({1, 2, 3, 4})}, "0");
        pickle.text("b");
        write_tensor(pickle, {.name = "", .shape = {2}, .data = std::string(16, '\0'), .type = "LongStorage"}, "0");
        const auto message = refusal(archive_of(pickle.raw("u.").bytes()));
        QVERIFY2(message.find("differently") != std::string::npos, message.c_str());
    }

    void structuresWithoutEnd() {
        // A dictionary that contains itself.
        const auto itself = PickleWriter()
                                .raw("\x80\x02}q")
                                .raw(std::string(1, '\0'))
                                .text("a")
                                .raw("h")
                                .raw(std::string(1, '\0'))
                                .raw("s.");
        QVERIFY(!refusal(archive_of(itself.bytes())).empty());
        // Nested a hundred thousand levels deep.
        std::string deep = "\x80\x02";
        for (int i = 0; i < 100000; ++i) deep += std::string("}X\1\0\0\0k", 7);
        deep += std::string("N") + std::string(100000, 's') + ".";
        QVERIFY(!refusal(archive_of(deep)).empty());
        // Each level refers to the one below twice: written out, these are 2^14 leaves of 2^12 names.
        std::string wide("\x80\x02}q\0", 5);
        for (char level = 1; level < 60; ++level) {
            wide += "}(X" + std::string("\1\0\0\0a", 5) + "h" + std::string(1, static_cast<char>(level - 1)) + "X" +
                    std::string("\1\0\0\0b", 5) + "h" + std::string(1, static_cast<char>(level - 1)) + "uq" +
                    std::string(1, level);
        }
        QVERIFY(!refusal(archive_of(std::string("\x80\x02") + wide.substr(2) + ".")).empty());
    }

    void listsCopiedAgainAndAgain() {
        std::string pickle = "\x80\x02(";
        for (int i = 0; i < 20000; ++i) pickle += ")";
        pickle += "tq" + std::string(1, '\0') + "0";
        for (int i = 0; i < 20000; ++i) pickle += "ccollections\nOrderedDict\nh" + std::string(1, '\0') + "\x85R0";
        QVERIFY(!refusal(archive_of(pickle + "}.")).empty());
    }

    void bytesThatMakeManyValues_data() {
        QTest::addColumn<QByteArray>("opcodes");
        QTest::addColumn<int>("times");
        QTest::newRow("remembered") << QByteArray("\x94", 1) << 3'000'000;
        QTest::newRow("marked") << QByteArray("(", 1) << 3'000'000;
        QTest::newRow("doubled") << QByteArray("2", 1) << 9'000'000;
        QTest::newRow("made") << QByteArray("N", 1) << 3'000'000;
    }
    void bytesThatMakeManyValues() {
        QFETCH(QByteArray, opcodes);
        QFETCH(int, times);
        const auto message = refusal(archive_of("\x80\x02}" + opcodes.repeated(times).toStdString() + "."));
        QVERIFY2(message.find("far beyond a state dict") != std::string::npos, message.c_str());
    }

    void aLongListHandedOnAgainAndAgain() {
        // Each call would copy a million items.
        std::string pickle = "\x80\x02(" + std::string(1'000'000, ')') + "tq" + std::string(1, '\0') + "0";
        pickle += "ctorch\nSize\nq\x01" + std::string("0}");
        for (int i = 0; i < 300'000; ++i) pickle += std::string("h\x01h\0R0", 6);
        QVERIFY(read(archive_of(pickle + ".")).empty());
    }

    void longTextsPutTogetherAgainAndAgain() {
        // A TorchScript class's name of a thousand letters for every four bytes.
        std::string pickle = "\x80\x02X" + std::string("\x0b\0\0\0__torch__.a", 15) + "q" + std::string(1, '\0');
        pickle += "X" + std::string("\x84\x03\0\0", 4) + std::string(900, 'b') + "q\x01";
        for (int i = 0; i < 100'000; ++i)
            pickle += std::string(
                "h\0h\x01\x93"
                "0",
                6);
        const ZipWriter zip{.entries = {{"a/data.pkl", pickle + "00}."}, {"a/constants.pkl", ")."}}};
        const auto message = refusal(zip.bytes());
        QVERIFY2(message.find("far beyond a state dict") != std::string::npos, message.c_str());
    }

    void longNamesOfManyTensors() {
        // Nested dictionaries, each name of 250 letters: the names expand to more bytes than the file has.
        std::string pickle = "\x80\x02}(";
        for (int i = 0; i < 30'000; ++i) {
            pickle += "X" + std::string("\x05\0\0\0", 4) + QString("%1").arg(i, 5, 10, QChar('0')).toStdString() + "}";
        }
        pickle += "uq" + std::string(1, '\0');
        for (int level = 0; level < 14; ++level) {
            pickle += "0}X" + std::string("\xfa\0\0\0", 4) + std::string(250, 'n') + "h" +
                      std::string(1, static_cast<char>(level)) + "sq" + std::string(1, static_cast<char>(level + 1));
        }
        const auto message = refusal(archive_of(pickle + "."));
        QVERIFY2(message.find("never end") != std::string::npos, message.c_str());
    }

    void aStorageOfALongName() {
        PickleWriter pickle;
        pickle.raw("\x80\x02}").text("t");
        write_tensor(pickle, {.name = "", .shape = {1}, .data = float_bytes({1})}, std::string(301, 'k'));
        QVERIFY(refusal(archive_of(pickle.raw("s.").bytes())).find("not described") != std::string::npos);
    }

    void aStreamsStorageTwiceAndDifferently() {
        // The second description, which no tensor uses, has the size of the stored data.
        PickleWriter pickle;
        pickle.raw("\x80\x02}(").text("t");
        write_tensor(pickle, {.name = "", .shape = {64}, .data = std::string(256, '\1')}, "0", true);
        pickle.text("x")
            .raw("(")
            .text("storage")
            .global("torch", "FloatStorage")
            .text("0")
            .text("cpu")
            .integer(1)
            .raw("tQu.");
        const std::string head = torch_stream({});
        const auto dict = head.find("\x80\x02", head.find("little_endian"));
        const std::string keys = PickleWriter().raw("\x80\x02](").text("0").raw("e.").bytes();
        const auto message = refusal(head.substr(0, dict) + pickle.bytes() + keys + std::string("\1\0\0\0\0\0\0\0", 8) +
                                     std::string(400, '\1'));
        QVERIFY2(message.find("differently") != std::string::npos, message.c_str());
    }

    void stackErrors() {
        for (const char* opcodes :
             {".",  "s.", "}s.",   "u.",      "t.",   "a.",  "0.",         "(.", "}}.",   "h\5.",     "R.",
              "b.", "Q.", "\x93.", "}(NNNu.", "NNa.", "NQ.", "\x80\x09}.", "i",  "I5\n.", "\x82\x01."}) {
            QVERIFY2(!refusal(archive_of(opcodes)).empty(), opcodes);
        }
    }

    void badArchives() {
        QVERIFY(refusal("PK").find("too short") != std::string::npos);
        QVERIFY(refusal(std::string("PK") + std::string(200, 'x')).find("directory is missing") != std::string::npos);
        QVERIFY(refusal(ZipWriter{.entries = {{"a.txt", "hello"}}}.bytes()).find("torch.save") != std::string::npos);
        ZipWriter packed{.entries = {{"a/data.pkl", "}."}}, .method = 8};
        QVERIFY(refusal(packed.bytes()).find("compressed") != std::string::npos);
        ZipWriter twice{.entries = {{"a/data.pkl", "}."}, {"a/data.pkl", "}."}}};
        QVERIFY(refusal(twice.bytes()).find("twice") != std::string::npos);
        ZipWriter big_endian{.entries = {{"a/data.pkl", "}."}, {"a/byteorder", "big"}}};
        QVERIFY(refusal(big_endian.bytes()).find("big-endian") != std::string::npos);
        QVERIFY(!refusal("").empty());
        QVERIFY(!refusal("hello").empty());
        QVERIFY(refusal("\x80\x02}.").find("torch.save") != std::string::npos);
        QVERIFY(refusal(archive_of("\x80\x02].")).find("no dictionary") != std::string::npos);
    }

    void zipEntriesBeyondTheEnd() {
        const std::string whole = torch_archive({some_tensors()[0]});
        const auto directory = whole.find("PK\1\2");
        QVERIFY(directory != std::string::npos);
        for (const size_t field : {20, 24, 42}) {  // packed size, size, offset
            std::string bytes = whole;
            bytes.replace(directory + field, 4, "\xff\xff\xff\x7f");
            QVERIFY(!refusal(bytes).empty());
        }
    }

    void protocol4() {
        std::string pickle("\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94(\x8c\1a\x94", 18);
        pickle += "\x8c\x0b";
        pickle += "collections\x8c\x0bOrderedDict\x93)R\x94u.";
        QVERIFY(read(archive_of(pickle)).empty());
    }

    void aMissingFileIsNamed() {
        try {
            read_torch_file("/nowhere/weights.pth");
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::not_found);
        }
    }
};

REST_TEST(TestTorchPickle)
#include "test_torch_pickle.moc"
