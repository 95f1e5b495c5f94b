// SPDX-License-Identifier: GPL-3.0-or-later
// A model downloaded from a hub on this machine: complete, interrupted, resumed, with wrong bytes, with redirects.
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "core/base/file_lock.h"
#include "tests/models/made_models.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::models;
using namespace rest::test;

namespace {

constexpr size_t kCut = 150'000;  // of the weights' 400,000 bytes

HttpAnswer cut(HttpAnswer answer, const HttpAsked&) {
    answer.cut_after = kCut;
    return answer;
}

/// Sends the beginning and then nothing, keeping the connection open.
HttpAnswer stall(HttpAnswer answer, const HttpAsked&) {
    answer.cut_after = kCut;
    answer.stalls = true;
    return answer;
}

}  // namespace

class TestDownloads : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void wholeModel() {
        HubWorld w;
        DownloadPlan plan;
        auto request = w.request();
        request.before = [&](const DownloadPlan& p) { plan = p; };
        const auto got = get_model(request, w.task);
        QVERIFY(got.outcome == GetOutcome::fetched && w.is_whole());
        const auto weights = small_model().at("model.safetensors").content;
        QCOMPARE(plan.hub_licence, std::string("bsd-3-clause"));
        QCOMPARE(plan.commit, w.hub.commit);
        QCOMPARE(got.fetched_bytes, plan.bytes);
        QCOMPARE(w.hub.count("README"), 0);

        const auto record = read_record(w.places.store / "small");
        QVERIFY(record);
        QCOMPARE(record->commit, w.hub.commit);
        QCOMPARE(record->files.size(), size_t{3});
        for (const auto& file : record->files) {
            const auto content = small_model().at(file.name).content;
            const bool large = file.name == "model.safetensors";
            QCOMPARE(file.bytes, content.size());
            QCOMPARE(file.digest.hex, large ? HubServer::sha256(content) : HubServer::git_sha1(content));
        }
        QVERIFY(w.info().state == ModelState::installed);
        const auto asked = w.hub.asked().size();
        QVERIFY(w.get().outcome == GetOutcome::was_here);  // without asking the hub
        QCOMPARE(w.hub.asked().size(), asked);
    }

    void tokenGoesToTheHubAlone() {
        HubWorld w;
        w.hub.token = "hf_secret";
        auto request = w.request();
        request.hub.token = "hf_secret";
        get_model(request, w.task);
        QVERIFY(w.is_whole());
        for (const auto& asked : w.hub.asked())
            QCOMPARE(asked.header("authorization"), std::string("Bearer hf_secret"));
        QCOMPARE(w.hub.asked_elsewhere().size(), size_t{1});
        for (const auto& asked : w.hub.asked_elsewhere()) QVERIFY(!asked.headers.contains("authorization"));
    }

    void brokenOff() {
        HubWorld w;
        for (int i = 0; i < 2; ++i) w.hub.fault("/blobs/", cut);
        w.get();
        QVERIFY(w.is_whole());
        const auto asked = w.hub.asked_elsewhere();
        QCOMPARE(asked.size(), size_t{3});
        QCOMPARE(asked[1].header("range"), "bytes=" + std::to_string(kCut) + "-");
        QCOMPARE(asked[2].header("range"), "bytes=" + std::to_string(2 * kCut) + "-");
        QCOMPARE(w.waits, (std::vector<int64_t>{1, 1}));  // each attempt made progress
    }

    void brokenOffWithoutALength() {
        HubWorld w;
        w.hub.fault("/blobs/", [](HttpAnswer answer, const HttpAsked&) {
            answer.cut_after = kCut;
            answer.tells_length = false;  // libcurl cannot detect that data is missing
            return answer;
        });
        w.get();
        QVERIFY(w.is_whole());
    }

    void stalledConnectionIsMadeAnew() {
        HubWorld w;
        w.hub.fault("/blobs/", stall);
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(w.hub.asked_elsewhere().at(1).header("range"), "bytes=" + std::to_string(kCut) + "-");
    }

    void cancelledAndResumed() {
        HubWorld w;
        w.hub.fault("/blobs/", stall);
        auto request = w.request();
        request.hub.stall_seconds = 300;
        std::jthread user([&](std::stop_token stop) {
            std::error_code error;
            while (!stop.stop_requested() && (!fs::exists(w.part(), error) || fs::file_size(w.part(), error) < kCut))
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            w.task.control.cancel();
        });
        QVERIFY_THROWS_EXCEPTION(Cancelled, get_model(request, w.task));
        user.join();
        const auto kept = fs::file_size(w.part());
        QCOMPARE(kept, uintmax_t{kCut});
        QVERIFY(w.info().state == ModelState::begun);
        QVERIFY(w.info().bytes >= kept && w.info().bytes < w.info().whole_bytes);
        QVERIFY(!fs::exists(w.places.store / "small"));

        SilentTask again;
        get_model(w.request(), again);
        QVERIFY(w.is_whole());
        QCOMPARE(w.hub.asked_elsewhere().back().header("range"), "bytes=" + std::to_string(kept) + "-");
        QCOMPARE(w.hub.count("config.json"), 1);  // not again
    }

    void rangeIgnored() {
        HubWorld w;
        w.hub.obeys_range = false;
        w.hub.fault("/blobs/", cut);
        w.get();
        QVERIFY(w.is_whole());
    }

    void otherRangeThanAsked() {
        HubWorld w;
        w.hub.fault("/blobs/", cut);
        w.hub.fault("/blobs/", [](HttpAnswer answer, const HttpAsked&) {
            answer.headers = {{"Content-Range", "bytes 7-399/400"}};
            return answer;
        });
        w.get();
        QVERIFY(w.is_whole());
    }

    void nothingBehindThePart() {
        HubWorld w;
        w.hub.fault("/blobs/", cut);
        w.hub.fault("/blobs/", 416);
        w.get();
        QVERIFY(w.is_whole());
        QVERIFY(w.hub.asked_elsewhere().back().header("range").empty());
    }

    void partLongerThanTheFile() {
        HubWorld w;
        fs::create_directories(w.part().parent_path());
        write_file_atomically(w.part(), std::string(500'000, 'x'));
        w.get();
        QVERIFY(w.is_whole());
        QVERIFY(w.hub.asked_elsewhere().back().header("range").empty());
    }

    void partWithWrongBytes_data() {
        QTest::addColumn<int>("bytes");
        QTest::newRow("as long as the file") << static_cast<int>(small_weights(100'000).size());
        QTest::newRow("shorter") << 1000;
    }
    void partWithWrongBytes() {
        QFETCH(int, bytes);
        HubWorld w;
        fs::create_directories(w.part().parent_path());
        write_file_atomically(w.part(), std::string(static_cast<size_t>(bytes), 'x'));
        w.get();
        QVERIFY(w.is_whole());
    }

    void wrongBytesOnce() {
        HubWorld w;
        w.hub.fault("/blobs/", [](HttpAnswer answer, const HttpAsked&) {
            answer.body[1000] ^= 1;
            return answer;
        });
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(w.hub.asked_elsewhere().size(), size_t{2});
    }

    void wrongBytesAlways() {
        HubWorld w;
        for (int i = 0; i < 2; ++i) {
            w.hub.fault("vocab.txt", [](HttpAnswer answer, const HttpAsked&) {
                answer.body[0] = '(';
                return answer;
            });
        }
        const auto said = w.refusal();
        QVERIFY(w.code == ErrorCode::damaged);
        const auto right = HubServer::git_sha1(small_model().at("vocab.txt").content);
        for (const auto& word : {std::string("vocab.txt"), std::string(kRepo), right, std::string("git_sha1")})
            QVERIFY2(said.find(word) != std::string::npos, said.c_str());
        QVERIFY(!w.info().usable());
        w.get();  // the server works again
        QVERIFY(w.is_whole());
    }

    void moreBytesThanTheHubTold() {
        HubWorld w;
        w.hub.fault("/blobs/", [](HttpAnswer answer, const HttpAsked&) {
            answer.body += "more";
            return answer;
        });
        QVERIFY(w.refusal().find("model.safetensors") != std::string::npos);
        QVERIFY(w.code == ErrorCode::damaged && !w.info().usable());
    }

    void encodedAllTheSame() {
        HubWorld w;
        const auto gzip = QByteArray::fromBase64("H4sIAAAAAAACA6tWys1PSc2JL6ksSFWyUlBKysksUKoFAK1PizYWAAAA");
        w.hub.fault("resolve/" + w.hub.commit + "/config.json", [&](HttpAnswer answer, const HttpAsked& asked) {
            if (asked.header("accept-encoding") != "identity") return HttpAnswer{.status = 400};
            answer.body = gzip.toStdString();
            answer.headers.emplace_back("Content-Encoding", "gzip");
            return answer;
        });
        w.get();
        QVERIFY(w.is_whole());
    }

    void mirrorWithoutSizes() {
        HubWorld w;
        w.hub.tells_sizes = false;  // each file is asked with HEAD instead
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(read_record(w.places.store / "small")->files.back().digest.hex,
                 HubServer::sha256(small_model().at("model.safetensors").content));
    }

    void otherWeightsWhereSafetensorsAreNotThere() {
        auto files = small_model();
        files["pytorch_model.bin"] = files.extract("model.safetensors").mapped();
        HubServer hub(kRepo, files);
        HubWorld w;
        auto request = w.request();
        request.hub.endpoint = hub.endpoint();
        get_model(request, w.task);
        QVERIFY(fs::exists(w.places.store / "small" / "pytorch_model.bin"));
    }

    void damagedFileIsFetchedAlone() {
        HubWorld w;
        w.get();
        const auto vocabulary = w.places.store / "small" / "vocab.txt";
        write_file_atomically(vocabulary, "cut");
        QVERIFY(w.info().state == ModelState::damaged);
        QVERIFY(w.info().problem.find(vocabulary.string()) != std::string::npos);
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(w.hub.asked_elsewhere().size(), size_t{1});
        QCOMPARE(w.hub.count("/vocab.txt"), 2);
    }

    void noSpace() {
        HubWorld w;
        struct rlimit before {};
        ::getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit small = before;
        small.rlim_cur = 200'000;
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto said = w.refusal();
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(w.code == ErrorCode::no_space);
        QVERIFY2(said.find(w.part().string()) != std::string::npos, said.c_str());
        QCOMPARE(fs::file_size(w.part()), uintmax_t{200'000});
        w.get();  // resumes once there is space
        QVERIFY(w.is_whole());
        QCOMPARE(w.hub.asked_elsewhere().back().header("range"), std::string("bytes=200000-"));
    }

    void lessSpaceThanNeeded() {
        HubWorld w;
        w.hub.fault("/api/models/", [](HttpAnswer answer, const HttpAsked&) {
            auto document = nlohmann::json::parse(answer.body);
            for (auto& file : document["siblings"]) {
                if (file.contains("lfs")) file["lfs"]["size"] = uint64_t{1} << 60;
            }
            answer.body = document.dump();
            return answer;
        });
        const auto said = w.refusal();
        QVERIFY2(w.code == ErrorCode::no_space && said.find("bytes") != std::string::npos, said.c_str());
        QCOMPARE(w.hub.count("/resolve/"), 0);
    }

    void twoAtOnce() {
        HubWorld w;
        fs::create_directories(lock_file(w.places, "small").parent_path());
        const FileLock other(lock_file(w.places, "small"), "The model small");
        QVERIFY(w.refusal().find("The model small is being written") != std::string::npos);
        QVERIFY(w.code == ErrorCode::busy);
    }

    void byAProxy() {
        HubWorld w;
        HttpServer proxy([&](const HttpAsked& asked) {
            return HttpAnswer{.status = asked.target.starts_with("http://hub.test/") ? 404 : 400};
        });
        auto request = w.request();
        request.hub.endpoint = "http://hub.test";
        request.hub.http_proxy = proxy.address();
        w.refusal([&] { get_model(request, w.task); });
        QVERIFY(w.code == ErrorCode::not_found);
        QCOMPARE(proxy.asked().size(), size_t{1});
        QVERIFY(proxy.asked().front().target.starts_with("http://hub.test/api/models/Owner/small-model/revision/main"));
    }
};

REST_TEST(TestDownloads)
#include "test_downloads.moc"
