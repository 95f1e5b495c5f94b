// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "core/base/paths.h"
#include "core/models/chosen_files.h"
#include "tests/models/made_models.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::models;

class TestCatalogue : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void ofTheProgram() {
        const auto catalogue = read_catalogue();
        std::set<std::string> names, repos;
        std::map<ModelUse, int> uses;
        for (const auto& entry : catalogue) {
            QVERIFY2(names.insert(entry.name).second && repos.insert(entry.repo).second, entry.name.c_str());
            QVERIFY2(!entry.licence.empty() && !entry.purpose.empty() && entry.use != ModelUse::unknown,
                     entry.name.c_str());
            QVERIFY2(entry.about_bytes > 100'000'000 && entry.about_bytes < 3'000'000'000, entry.name.c_str());
            QCOMPARE(entry.files.back(), (std::vector<std::string>{"model.safetensors", "pytorch_model.bin"}));
            ++uses[entry.use];
        }
        QVERIFY(uses[ModelUse::captioner] == 2 && uses[ModelUse::clip] == 3 && uses[ModelUse::matching] == 4);
        QCOMPARE(find_entry(catalogue, "openai/clip-vit-large-patch14")->name, std::string("clip-vit-l-14"));
        QVERIFY(find_entry(catalogue, "none") == nullptr);
    }

    void damagedOnesAreNamed_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("cut") << "]\n"
                             << "";
        QTest::newRow("a path") << "\"vocab.txt\""
                                << "\"../vocab.txt\"";
        QTest::newRow("no name") << "\"blip-base\""
                                 << "\"a/b\"";
        QTest::newRow("no repository") << "\"openai/clip-vit-large-patch14\""
                                       << "\"clip\"";
        QTest::newRow("a number") << "\"captioner\""
                                  << "7";
    }
    void damagedOnesAreNamed() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QTemporaryDir dir;
        const auto file = std::filesystem::path(dir.path().toStdString()) / "models.json";
        auto text = QString::fromStdString(read_file(resources_dir() / "models.json"));
        QVERIFY(text.contains(from));
        write_file_atomically(file, text.replace(from, to).toStdString());
        try {
            read_catalogue(file);
            QFAIL("it was read");
        } catch (const Error& e) {
            QVERIFY(e.code() == ErrorCode::damaged && std::string(e.what()).find(file.string()) != std::string::npos);
        }
    }

    void anyRepository() {
        const auto entry = entry_for_repo("somebody/my-blip");
        QVERIFY(entry && entry->name == "my-blip" && entry->licence.empty());
        for (const char* text : {"my-blip", "a/b/c", "a/", "/b", "../b", "a/b c", "a/..", ""})
            QVERIFY2(!entry_for_repo(text), text);
    }

    /// What repositories of either program hold, in one piece or several.
    void filesOfAnyRepository_data() {
        QTest::addColumn<QStringList>("there");
        QTest::addColumn<QStringList>("chosen");
        const QStringList clip = {"vocab.json", "merges.txt"};
        QTest::newRow("transformers' CLIP")
            << clip + QStringList{"config.json",       "preprocessor_config.json", "tokenizer.json", "README.md",
                                  "model.safetensors", "pytorch_model.bin",        "tf_model.h5"}
            << clip + QStringList{"model.safetensors", "config.json", "preprocessor_config.json"};
        QTest::newRow("open_clip's") << clip + QStringList{"open_clip_config.json", "open_clip_model.safetensors",
                                                           "open_clip_pytorch_model.bin"}
                                     << clip + QStringList{"open_clip_model.safetensors", "open_clip_config.json"};
        QTest::newRow("in pieces") << QStringList{"config.json",
                                                  "vocab.txt",
                                                  "model.safetensors.index.json",
                                                  "model-00001-of-00003.safetensors",
                                                  "model-00002-of-00003.safetensors",
                                                  "model-00003-of-00003.safetensors",
                                                  "model-00001-of-00003.bin"}
                                   << QStringList{"vocab.txt",
                                                  "model.safetensors.index.json",
                                                  "config.json",
                                                  "model-00001-of-00003.safetensors",
                                                  "model-00002-of-00003.safetensors",
                                                  "model-00003-of-00003.safetensors"};
        QTest::newRow("weights and a tokenizer alone")
            << QStringList{"pytorch_model.bin", "tokenizer.json"} << QStringList{"tokenizer.json", "pytorch_model.bin"};
    }
    void filesOfAnyRepository() {
        QFETCH(QStringList, there);
        QFETCH(QStringList, chosen);
        std::set<std::string> names;
        for (const auto& name : there) names.insert(name.toStdString());
        const auto found = choose_files(*entry_for_repo("owner/any"), names);
        QCOMPARE(found.lacking, std::string());
        QStringList files;
        for (const auto& file : found.files) files << QString::fromStdString(file);
        files.sort();
        chosen.sort();
        QCOMPARE(files, chosen);
    }

    void whatARepositoryLacksIsNamed() {
        const auto entry = *entry_for_repo("owner/any");
        const auto lacking = [&](std::set<std::string> names) { return choose_files(entry, names).lacking; };
        const auto has = [](const std::string& text, const char* word) { return text.find(word) != std::string::npos; };
        QVERIFY(has(lacking({"config.json", "model.safetensors"}), "neither vocab.txt nor vocab.json"));
        QVERIFY(has(lacking({"vocab.txt", "config.json"}), "neither model.safetensors nor"));
        const auto piece = lacking({"vocab.txt", "model.safetensors.index.json", "model-00002-of-00002.safetensors"});
        QVERIFY2(has(piece, "no model-00001-of-00002.safetensors"), piece.c_str());
        QVERIFY(choose_files(test::small_entry(), {"vocab.txt", "model.safetensors"}).lacking == "no config.json");
    }

    void etags() {
        const std::string sha(64, 'A'), git(40, 'b');
        QVERIFY(digest_from_etag("\"" + sha + "\"") == (FileDigest{DigestKind::sha256, std::string(64, 'a')}));
        QVERIFY(digest_from_etag("W/\"" + git + "\"") == (FileDigest{DigestKind::git_sha1, git}));
        for (const auto& other : {std::string(), std::string("\"\""), sha + "a", "x" + sha.substr(1), git + "-2"})
            QVERIFY(!digest_from_etag(other).known());
    }

    void digests() {
        QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath(QStringLiteral("f")).toStdString();
        SilentTask task;
        for (const auto& content : {std::string(), std::string("abc"), std::string(3'000'000, 'x')}) {
            write_file_atomically(file, content);
            QCOMPARE(file_digest(file, DigestKind::sha256, task), test::HubServer::sha256(content));
            QCOMPARE(file_digest(file, DigestKind::git_sha1, task), test::HubServer::git_sha1(content));
        }
        // `git hash-object` of an empty file.
        QCOMPARE(test::HubServer::git_sha1(""), std::string("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
    }
};

REST_TEST(TestCatalogue)
#include "test_catalogue.moc"
