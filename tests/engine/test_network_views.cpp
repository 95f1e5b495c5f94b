// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>

#include "core/engine/inference/clip_store.h"
#include "core/engine/inference/network_views.h"
#include "core/image/planes.h"
#include "core/media/video_writer.h"
#include "tests/engine/clip_world.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::test;

class TestNetworkViews : public QObject {
    Q_OBJECT

    /// A wide clip whose left part is dark and whose brightness tells the frame.
    static std::filesystem::path wide_clip(const ClipWorld& world) {
        const auto file = world.data() / "wide.mp4";
        media::VideoWriter writer(file, {.width = 96, .height = 48, .quality = 12});
        for (int i = 0; i < 16; ++i) {
            image::Image image(96, 48);
            for (int y = 0; y < 48; ++y) {
                for (int x = 0; x < 96 * 3; ++x) image.row(y)[x] = static_cast<uint8_t>(x < 60 ? 5 : 40 + 12 * i);
            }
            writer.add(image);
        }
        writer.finish();
        return file;
    }

  private Q_SLOTS:
    /// To the bit what the jobs give their networks.
    void theyAreTheTestViewsOfTheJobs() {
        const ClipWorld world;
        const auto file = wide_clip(world);
        SilentTask task;
        for (const int64_t side : {24, 32, 64}) {
            const auto views = engine::network_views(file, 8, side, task);
            QVERIFY(views.has_value());
            QCOMPARE(views->size(), size_t{8});
            engine::ClipStoreSettings settings;
            settings.view = side;
            store::VideoRecord video;
            video.path = file.string();
            const engine::ClipStore clips(settings, {video});
            auto pixels = torch::zeros({1, 8, 3, side, side}, torch::kUInt8);
            QVERIFY(clips.test_views(std::vector<int64_t>{0}, pixels).empty());
            std::vector<uint8_t> planes(static_cast<size_t>(3 * side * side));
            for (int64_t t = 0; t < 8; ++t) {
                const auto& view = (*views)[static_cast<size_t>(t)];
                QCOMPARE(view.width, static_cast<int>(side));
                QCOMPARE(view.height, static_cast<int>(side));
                image::to_planes(view, false, planes.data());
                QVERIFY(std::equal(planes.begin(), planes.end(), pixels[0][t].contiguous().data_ptr<uint8_t>()));
            }
            // The crop is the middle: the dark part at the left is not seen.
            QVERIFY((*views)[0].row(static_cast<int>(side) / 2)[0] > 30);
            QVERIFY((*views)[7].rgb[0] > (*views)[0].rgb[0]);
        }
    }

    void asManyAsTheRunSamples() {
        const ClipWorld world;
        SilentTask task;
        const auto views = engine::network_views(wide_clip(world), 3, 32, task);
        QVERIFY(views && views->size() == 3);
    }

    void aDamagedVideoIsNamed() {
        const ClipWorld world;
        SilentTask task;
        const auto damaged = engine::network_views(world.add_damaged("broken.mp4"), 8, 32, task);
        QVERIFY(!damaged && damaged.error().file.ends_with("broken.mp4"));
        const auto gone = engine::network_views(world.data() / "gone.mp4", 8, 32, task);
        QVERIFY(!gone && !gone.error().message.empty());
    }

    void itIsCancelled() {
        const ClipWorld world;
        const auto file = wide_clip(world);
        SilentTask task;
        task.control.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, engine::network_views(file, 8, 32, task));
    }

    void theSideIsTheSettingsOrTheCaptioners() {
        engine::TrainSettings settings;
        settings.clips.image_size = 160;
        QCOMPARE(engine::view_side({}, settings), int64_t{160});
        settings.clips.image_size = 0;
        std::string message;
        try {
            engine::view_side({.captioner = "/nowhere/blip", .clip = {}}, settings);
        } catch (const Error& e) {
            message = e.what();
        }
        QVERIFY2(QString::fromStdString(message).contains("/nowhere/blip"), message.c_str());
    }
};

REST_TEST(TestNetworkViews)
#include "test_network_views.moc"
