// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <filesystem>
#include <limits>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/checkpoint/doctor.h"
#include "tests/support/error_text.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

/// Number of elements of the tensors in a safetensors header, tied ones counted once.
int64_t count_in_header(const fs::path& path) {
    const std::string bytes = read_file(path);
    uint64_t size = 0;
    for (size_t i = 8; i-- > 0;) size = size << 8 | static_cast<unsigned char>(bytes[i]);
    int64_t count = 0;
    const auto header = nlohmann::json::parse(bytes.substr(8, size));
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__" || name.find("predictions.decoder.") != std::string::npos) continue;
        int64_t elements = 1;
        for (const auto& dimension : entry["shape"]) elements *= dimension.get<int64_t>();
        count += elements;
    }
    return count;
}

}  // namespace

class TestDoctor : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QTemporaryDir> dir_;
    fs::path dir() const { return fs::path(dir_->path().toStdString()); }

  private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void goldenCheckpoints_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("vocabulary");
        QTest::newRow("captioner") << "blip-tiny"
                                   << "model.safetensors"
                                   << "blip_captioner" << QStringList{"vocab.txt"};
        QTest::newRow("captioner, pickled") << "blip-tiny"
                                            << "pytorch_model.bin"
                                            << "blip_captioner" << QStringList{"vocab.txt"};
        QTest::newRow("authors") << "blip-tiny"
                                 << "original.pth"
                                 << "blip_authors" << QStringList{"vocab.txt"};
        QTest::newRow("retrieval") << "blip-itm-tiny"
                                   << "model.safetensors"
                                   << "blip_retrieval" << QStringList{"vocab.txt"};
        QTest::newRow("CLIP") << "clip-tiny"
                              << "model.safetensors"
                              << "clip" << QStringList{"vocab.json", "merges.txt"};
    }

    void goldenCheckpoints() {
        REST_REFERENCE_OR_SKIP(golden, "golden");
        QFETCH(QString, name);
        QFETCH(QString, weights);
        QFETCH(QString, kind);
        QFETCH(QStringList, vocabulary);
        const auto source = golden / name.toStdString();
        for (const auto& file : {std::string("config.json"), weights.toStdString()}) {
            write_file_atomically(dir() / file, read_file(source / file));
        }
        const auto file = dir() / weights.toStdString();
        auto report = examine_checkpoint(file);
        QCOMPARE(QString::fromStdString(report.kind), kind);
        QCOMPARE(report.file, file);
        QCOMPARE(report.file_bytes, fs::file_size(file));
        QCOMPARE(report.parameters, count_in_header(source / "model.safetensors"));
        QVERIFY(report.error.empty() && report.missing.empty() && report.misshapen.empty() &&
                report.unexpected.empty());
        QVERIFY(report.loads && !report.ready);
        QCOMPARE(report.vocabulary_lacking.size(), static_cast<size_t>(vocabulary.size()));
        QVERIFY(mentions(report.advice, vocabulary[0].toStdString()));
        QVERIFY(to_text(report).find("lacks its vocabulary") != std::string::npos);

        for (const auto& part : vocabulary) write_file_atomically(dir() / part.toStdString(), "x");
        report = examine_checkpoint(file);
        QVERIFY(report.ready && report.vocabulary_lacking.empty());
        const auto json = to_json(report);
        QCOMPARE(QString::fromStdString(json["kind"]), kind);
        QVERIFY(json["sizes"]["vision_layers"].get<int>() > 0);
        QVERIFY(json["ready"].get<bool>());
    }

    void goldenFileCutShort() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        for (const char* name : {"model.safetensors", "original.pth"}) {
            const std::string whole = read_file(golden / name);
            for (const double part : {0.001, 0.3, 0.9, 0.9999}) {
                const auto path = dir() / name;
                write_file_atomically(path,
                                      whole.substr(0, static_cast<size_t>(static_cast<double>(whole.size()) * part)));
                const auto report = examine_checkpoint(path);
                QVERIFY(!report.loads && !report.ready);
                QVERIFY2(report.error.find(path.string()) != std::string::npos, report.error.c_str());
                QVERIFY(!report.advice.empty());
                QVERIFY(to_text(report).find("Cannot be read") != std::string::npos);
            }
        }
    }

    void missingTensorsAndBadNumbersAreTold() {
        const float bad = std::numeric_limits<float>::quiet_NaN();
        write_file_atomically(
            dir() / "some.pth",
            torch_archive({{.name = "visual_encoder.norm.weight", .shape = {2}, .data = float_bytes({1, bad})},
                           {.name = "text_decoder.other", .shape = {1}, .data = float_bytes({1})}}));
        const auto report = examine_checkpoint(dir() / "some.pth");
        QCOMPARE(report.kind, std::string("blip_authors"));
        QVERIFY(!report.loads);
        QVERIFY(mentions(report.missing, "vision_model.embeddings.class_embedding"));
        QCOMPARE(report.unexpected, std::vector<std::string>{"text_decoder.other"});
        QVERIFY(mentions(report.warnings, "vision_model.post_layernorm.weight"));
        QVERIFY(to_text(report).find(" more\n") != std::string::npos);
    }

    void otherModelsAndOtherFiles() {
        write_file_atomically(dir() / "bert.bin",
                              torch_archive({{.name = "bert.x", .shape = {1}, .data = float_bytes({1})}}));
        const auto bert = examine_checkpoint(dir() / "bert.bin");
        QCOMPARE(bert.kind, std::string("unknown"));
        QVERIFY(mentions(bert.warnings, "BERT") && !bert.advice.empty() && !bert.loads);

        write_file_atomically(dir() / "clip.mp4", std::string("\0\0\0\x20"
                                                              "ftypisom",
                                                              12) +
                                                      std::string(100, 'v'));
        const auto video = examine_checkpoint(dir() / "clip.mp4");
        QVERIFY(!video.error.empty() && !video.loads);
        QVERIFY(!examine_checkpoint(dir() / "nowhere").error.empty());
        QVERIFY(!examine_checkpoint(dir()).error.empty());  // a folder without weights
        QVERIFY(mentions(examine_checkpoint(dir()).advice, "bert.bin"));
    }

    void hostilePicklesAreNotRun() {
        PickleWriter pickle;
        pickle.raw("\x80\x02").global("os", "system").raw("(").text("touch " + (dir() / "ran").string()).raw("tR.");
        write_file_atomically(dir() / "evil.pth", ZipWriter{.entries = {{"a/data.pkl", pickle.bytes()}}}.bytes());
        const auto report = examine_checkpoint(dir() / "evil.pth");
        QVERIFY2(report.error.find("os.system") != std::string::npos, report.error.c_str());
        QVERIFY(!fs::exists(dir() / "ran"));
    }
};

REST_TEST(TestDoctor)
#include "test_doctor.moc"
