// SPDX-License-Identifier: GPL-3.0-or-later
// Models in the cache of the hub's own tools: found in place, used without a copy, truncation detected.
#include "core/models/check_files.h"
#include "tests/models/made_models.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::models;
using namespace rest::test;

class TestHubCache : public QObject {
    Q_OBJECT

    /// As huggingface_hub writes it: blobs by their digests, snapshots of links, refs.
    static fs::path put(const HubWorld& w, const std::string& commit, bool main = true) {
        const auto model = w.places.cache / "models--Owner--small-model";
        const auto snapshot = model / "snapshots" / commit;
        fs::create_directories(snapshot);
        fs::create_directories(model / "blobs");
        fs::create_directories(model / "refs");
        if (main) write_file_atomically(model / "refs" / "main", commit);
        for (const auto& [name, file] : small_model()) {
            const auto blob = file.large ? HubServer::sha256(file.content) : HubServer::git_sha1(file.content);
            write_file_atomically(model / "blobs" / blob, file.content);
            fs::create_symlink(fs::path("../../blobs") / blob, snapshot / name);
        }
        return snapshot;
    }
    static fs::path blob(const fs::path& file) { return fs::canonical(file); }

    static models::GetRequest offline(HubWorld& w) {
        auto request = w.request();
        request.hub.offline = true;
        return request;
    }

  private Q_SLOTS:
    void isUsedWhereItLies() {
        HubWorld w;
        const auto snapshot = put(w, "c1");
        QVERIFY(w.info().state == ModelState::hub_cache && w.info().usable());
        QCOMPARE(w.info().folder, snapshot);
        const auto got = get_model(offline(w), w.task);
        QVERIFY(got.outcome == GetOutcome::in_hub_cache);
        QCOMPARE(got.folder, snapshot);
        QVERIFY(!fs::exists(w.places.store / "small"));
        QVERIFY(w.refusal([&] { remove_model({small_entry()}, w.places, "small"); }).find("hub's own tools") !=
                std::string::npos);
        QVERIFY(fs::exists(snapshot / "config.json"));
    }

    void mainComesFirst() {
        HubWorld w;
        put(w, "c1", false);
        const auto main = put(w, "c2");
        put(w, "c3", false);
        QCOMPARE(w.info().folder, main);
    }

    void wholeSnapshotBeforeADamagedMain() {
        HubWorld w;
        const auto whole = put(w, "c1", false);
        const auto main = put(w, "c2");
        fs::remove(main / "vocab.txt");
        fs::create_symlink("../../blobs/none", main / "vocab.txt");
        QCOMPARE(w.info().folder, whole);
    }

    void incompleteSnapshotIsNoModel() {
        HubWorld w;
        fs::remove(put(w, "c1") / "vocab.txt");
        QVERIFY(w.info().state == ModelState::available);
    }

    void cutBlobIsNamed() {
        HubWorld w;
        const auto weights = blob(put(w, "c1") / "model.safetensors");
        fs::resize_file(weights, 300'000);
        QVERIFY(w.info().state == ModelState::damaged);
        QVERIFY(w.info().problem.find(weights.string()) != std::string::npos);
        const auto said = w.refusal([&] { get_model(offline(w), w.task); });
        QVERIFY2(said.find(weights.string()) != std::string::npos, said.c_str());
        QVERIFY(w.code == ErrorCode::damaged);
        w.get();  // with a network it is downloaded into the store
        QVERIFY(w.is_whole() && w.info().state == ModelState::installed);
        QCOMPARE(fs::file_size(weights), uintmax_t{300'000});  // files of other programs are left alone
    }

    void wrongBytesOfTheRightSize() {
        HubWorld w;
        const auto snapshot = put(w, "c1");
        const auto weights = blob(snapshot / "model.safetensors");
        auto content = read_file(weights);
        content[200'000] ^= 1;
        write_file_atomically(weights, content);
        const auto check = check_files(w.info(), w.task);
        QCOMPARE(check.problems.size(), size_t{1});
        QCOMPARE(check.problems.front().file, weights.string());
        QVERIFY(w.refusal([&] { get_model(offline(w), w.task); }).find(weights.string()) != std::string::npos);
        w.get();
        QVERIFY(w.is_whole());
    }

    void missingBlobIsNamed() {
        HubWorld w;
        const auto vocabulary = blob(put(w, "c1") / "vocab.txt");
        fs::remove(vocabulary);
        QVERIFY(w.info().state == ModelState::damaged);
        QVERIFY2(w.info().problem.find(vocabulary.string()) != std::string::npos, w.info().problem.c_str());
    }

    void copiedWithoutLinks() {
        HubWorld w;
        const auto snapshot = w.places.cache / "models--Owner--small-model" / "snapshots" / "c1";
        fs::create_directories(snapshot);
        for (const auto& [name, file] : small_model()) write_file_atomically(snapshot / name, file.content);
        QVERIFY(w.info().state == ModelState::hub_cache);
        const auto check = check_files(w.info(), w.task);
        QVERIFY(check.problems.empty());
        QCOMPARE(check.without_digest.size(), size_t{3});
    }
};

REST_TEST(TestHubCache)
#include "test_hub_cache.moc"
