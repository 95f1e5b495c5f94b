// SPDX-License-Identifier: GPL-3.0-or-later
// Values beside the tensors in files of torch.save, and tensors that only their own code could create.
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/files/state_dict.h"
#include "core/checkpoint/torch_pickle.h"
#include "tests/checkpoint/made_checkpoint.h"
#include "tests/support/error_text.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

std::string case_file(const std::string& name) {
    return read_file(source_dir() / "tests/cases/checkpoints" / name);
}

/// The tensors that a pickle describes, wherever their data is.
StateDict described(const std::string& bytes) {
    PickleReader pickle(bytes, "made.pth", false);
    const auto root = pickle.read();
    return read_state_dict(pickle, root, 1 << 20, "made.pth");
}

SavedTensor ones(const std::string& name, int64_t elements) {
    return {.name = name, .shape = {elements}, .data = float_bytes(std::vector<float>(elements, 1))};
}

/// {"visual.a": tensor, NAME: pickled value}, in the format of torch.save.
std::string beside_a_tensor(const std::string& name, const std::string& value) {
    PickleWriter pickle;
    pickle.raw("\x80\x02}(").text("visual.a");
    write_tensor(pickle, ones("", 2), "0");
    pickle.text(name).raw(value).raw("u.");
    return ZipWriter{.entries = {{"archive/data.pkl", pickle.bytes()}, {"archive/data/0", float_bytes({1, 1})}}}
        .bytes();
}

/// A quantised tensor as torch.save writes it.
std::string quantised() {
    PickleWriter pickle;
    pickle.global("torch._utils", "_rebuild_qtensor").raw("((").text("storage").global("torch", "QInt8Storage");
    pickle.text("0").text("cpu").integer(8).raw("tQ").integer(0).integers({8}).integers({1});
    return pickle.raw("(")
        .global("torch", "per_tensor_affine")
        .raw("G" + std::string(8, '\0') + std::string("K\0t\x89)tR", 7))
        .bytes();
}

}  // namespace

class TestOpaqueValues : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path path() const { return fs::path(dir_.path().toStdString()) / "model.pth"; }
    Checkpoint read(const std::string& bytes) const {
        write_file_atomically(path(), bytes);
        return read_checkpoint(path());
    }

  private Q_SLOTS:
    void pythonsOwnPickles_data() {
        QTest::addColumn<QString>("name");
        for (const int protocol : {2, 3, 4, 5}) {
            QTest::addRow("protocol %d", protocol) << QString("odd_values_protocol%1.pkl").arg(protocol);
        }
    }

    /// Namespace, Path, datetime, enums, slots, cycles, classes of dicts and lists, calls of os.system and eval.
    void pythonsOwnPickles() {
        QFETCH(QString, name);
        fs::remove("/tmp/rest_pickle_ran");
        const auto dict = described(case_file(name.toStdString()));
        QCOMPARE(dict.tensors.size(), size_t{4});
        QCOMPARE(dict.tensors.at("state_dict.visual.conv1.weight").shape, (std::vector<int64_t>{2, 3, 1, 1}));
        QCOMPARE(dict.tensors.at("state_dict.visual.ln_pre.weight").storage, std::string("1"));  // a Parameter
        QCOMPARE(dict.tensors.at("state_dict.transformer.resblocks.0.ln_1.weight").storage, std::string("2"));
        QVERIFY(dict.tensors.contains("state_dict.logit_scale"));
        QVERIFY(dict.opaque.at("shell").ends_with(".system"));
        QVERIFY(dict.opaque.at("eval").ends_with(".eval"));
        QVERIFY(!fs::exists("/tmp/rest_pickle_ran"));
    }

    void publicReports() {
        for (const auto* name : {"numpy_scalar.pkl", "namespace.pkl"}) {
            const auto dict = described(case_file(name));
            QCOMPARE(dict.tensors.size(), size_t{86});
            QVERIFY(dict.tensors.contains("state_dict.module.visual.conv1.weight"));
        }
    }

    void whateverLiesBesideTheWeights() {
        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        const auto tensors = openai_tensors(clip, torch::kFloat32);
        const std::string inner = state_dict_pickle(tensors);
        for (const std::string& beside :
             {PickleWriter().global("numpy.core.multiarray", "scalar").raw(")R").bytes(),
              PickleWriter()
                  .global("numpy._core.multiarray", "_reconstruct")
                  .raw(")R(K\1)N\x89")
                  .text("bytes")
                  .raw("tb")
                  .bytes(),
              PickleWriter()
                  .global("omegaconf.dictconfig", "DictConfig")
                  .raw(")\x81}")
                  .text("_content")
                  .raw("}sb")
                  .bytes(),
              PickleWriter().global("a.b", "C").raw("))\x92").bytes(),
              PickleWriter().global("torch", "float16").bytes(),
              PickleWriter().global("torch", "device").raw("(").text("cuda").raw("tR").bytes(), quantised()}) {
            PickleWriter pickle;
            pickle.raw("\x80\x02}(").text("other").raw(beside);
            pickle.text("state_dict").raw(inner.substr(2, inner.size() - 3)).raw("u.");
            ZipWriter zip{.entries = {{"archive/data.pkl", pickle.bytes()}}};
            for (size_t i = 0; i < tensors.size(); ++i)
                zip.entries.emplace_back("archive/data/" + std::to_string(i), tensors[i].data);
            const auto found = read(zip.bytes());
            require_complete(found, CheckpointKind::clip);
            compare(found.weights, clip);
        }
    }

    void aTensorThatIsNeededIsNamed_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("maker");
        const auto row = [](const char* name, const std::string& value, const char* maker) {
            QTest::newRow(name) << QByteArray::fromStdString(value) << QString(maker);
        };
        row("quantised", quantised(), "torch._utils._rebuild_qtensor");
        row("NumPy array", PickleWriter().global("numpy.core.multiarray", "_reconstruct").raw(")R").bytes(),
            "numpy.core.multiarray._reconstruct");
        row("version 3", PickleWriter().global("torch._utils", "_rebuild_tensor_v3").raw(")R").bytes(),
            "torch._utils._rebuild_tensor_v3");
        row("sparse", PickleWriter().global("torch._utils", "_rebuild_sparse_tensor").raw(")R").bytes(),
            "torch._utils._rebuild_sparse_tensor");
        row("subclass",
            PickleWriter()
                .global("torch._tensor", "_rebuild_from_type_v2")
                .raw("(")
                .global("my.code", "make")
                .global("my.code", "Tensor")
                .raw(")}tR")
                .bytes(),
            "my.code.make");
        row(
            "complex",
            [] {
                PickleWriter pickle;
                write_tensor(pickle,
                             {.name = "", .shape = {1}, .data = std::string(8, '\0'), .type = "ComplexFloatStorage"},
                             "1");
                return pickle.bytes();
            }(),
            "torch ComplexFloatStorage");
    }

    void aTensorThatIsNeededIsNamed() {
        QFETCH(QByteArray, value);
        QFETCH(QString, maker);
        write_file_atomically(path(), beside_a_tensor("visual.conv1.weight", value.toStdString()));
        const auto said = error_text([&] { read_checkpoint(path()); });
        QVERIFY2(says(said, {"model.pth", "visual.conv1.weight", maker.toStdString()}), said.c_str());
        // Beside the model, the same value does no harm.
        QCOMPARE(read(beside_a_tensor("best.metric", value.toStdString())).weights.size(), size_t{1});
    }

    void oldStreamsWithStoragesOfOtherKinds() {
        const std::vector<SavedTensor> tensors{
            ones("visual.a", 3),
            {.name = "other.q", .shape = {5}, .data = std::string(5, '\1'), .type = "QInt8Storage"},
            {.name = "other.c", .shape = {2}, .data = std::string(16, '\1'), .type = "ComplexFloatStorage"},
            ones("visual.b", 4)};
        write_file_atomically(path(), torch_stream(tensors));
        const auto weights = read_torch_file(path());
        QCOMPARE(weights.size(), size_t{2});
        QVERIFY(torch::equal(require(weights, "visual.b"), torch::ones({4})));
    }

    void aPickledModule() {  // torch.save(model)
        const auto tensor = [](const std::string& key) {
            PickleWriter pickle;
            pickle.global("torch._utils", "_rebuild_parameter").raw("(");
            write_tensor(pickle, ones("", 2), key);
            return pickle.raw("\x88}tR").bytes();
        };
        const auto module = [](const std::string& inner) {
            return PickleWriter()
                .global("my.model", "Net")
                .raw(")\x81}(")
                .text("training")
                .raw("\x88")
                .raw(inner)
                .raw("ub")
                .bytes();
        };
        const auto dict = [](const std::string& name, const std::string& key, const std::string& value) {
            return PickleWriter().text(name).raw("}").text(key).raw(value).raw("s").bytes();
        };
        const auto layer = module(dict("_parameters", "weight", tensor("0")) + dict("_buffers", "mean", tensor("1")));
        const auto tower = module(dict("_modules", "conv1", layer));
        const std::string root = "\x80\x02" + module(dict("_modules", "visual", tower)) + ".";
        write_file_atomically(path(), ZipWriter{.entries = {{"a/data.pkl", root},
                                                            {"a/data/0", float_bytes({1, 1})},
                                                            {"a/data/1", float_bytes({1, 1})}}}
                                          .bytes());
        const auto weights = read_torch_file(path());
        QCOMPARE(weights.size(), size_t{2});
        QVERIFY(weights.contains("visual.conv1.weight") && weights.contains("visual.conv1.mean"));
    }

    void aPickledModuleOfTheWholeModel() {
        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        // Modules may refer to themselves; each is visited once.
        std::string root(
            "\x80\x02"
            "cmy.model\nNet\n)\x81q\0}(",
            22);
        root += PickleWriter().text("me").raw(std::string("h\0", 2)).text("_parameters").raw("}(").bytes();
        ZipWriter zip;
        size_t next = 0;
        for (const auto& tensor : openai_tensors(clip, torch::kFloat32)) {
            PickleWriter pickle;
            pickle.text(tensor.name);
            write_tensor(pickle, tensor, std::to_string(next));
            root += pickle.bytes();
            zip.entries.emplace_back("a/data/" + std::to_string(next++), tensor.data);
        }
        zip.entries.emplace_back("a/data.pkl", root + "uub.");
        const auto found = read(zip.bytes());
        require_complete(found, CheckpointKind::clip);
        compare(found.weights, clip);
    }

    void storagesOfEveryKind() {
        const std::vector<std::tuple<const char*, torch::ScalarType, std::string>> kinds{
            {"DoubleStorage", torch::kFloat64, std::string("\0\0\0\0\0\0\x08\x40", 8)},
            {"BFloat16Storage", torch::kBFloat16, std::string("\x40\x40", 2)},
            {"HalfStorage", torch::kFloat16, std::string("\0\x42", 2)},
            {"IntStorage", torch::kInt32, std::string("\3\0\0\0", 4)},
            {"ShortStorage", torch::kInt16, std::string("\3\0", 2)},
            {"CharStorage", torch::kInt8, std::string("\3", 1)},
            {"ByteStorage", torch::kUInt8, std::string("\3", 1)},
            {"LongStorage", torch::kInt64, std::string("\3\0\0\0\0\0\0\0", 8)}};
        for (const auto& [name, type, bytes] : kinds) {
            for (const bool old : {false, true}) {
                const std::vector<SavedTensor> one{{.name = "t", .shape = {1}, .data = bytes, .type = name}};
                write_file_atomically(path(), old ? torch_stream(one) : torch_archive(one));
                const auto weights = read_torch_file(path());
                QCOMPARE(require(weights, "t").scalar_type(), type);
                QCOMPARE(require(weights, "t").to(torch::kFloat64).item<double>(), 3.0);
            }
        }
    }

    void aListOfStateDicts() {
        const std::string inner = state_dict_pickle({ones("visual.a", 2)});
        const std::string pickle = "\x80\x02(" + inner.substr(2, inner.size() - 3) + "K\1t.";
        write_file_atomically(
            path(), ZipWriter{.entries = {{"a/data.pkl", pickle}, {"a/data/0", float_bytes({1, 1})}}}.bytes());
        QVERIFY(read_torch_file(path()).contains("0.visual.a"));
    }
};

REST_TEST(TestOpaqueValues)
#include "test_opaque_values.moc"
