// SPDX-License-Identifier: GPL-3.0-or-later
// Views equal Pillow's in every byte.
#include <QtTest/QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/atomic_file.h"
#include "core/image/view.h"
#include "core/media/picture_file.h"
#include "tests/support/reference.h"
#include "tests/support/tensor_file.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::image;
using namespace rest::media;
using rest::test::FloatTensor;

class TestViewGolden : public QObject {
    Q_OBJECT

  private:
    static void compare(const Image& view, const uint8_t* wanted, const std::string& name) {
        size_t different = 0;
        for (size_t i = 0; i < view.rgb.size(); ++i) different += view.rgb[i] != wanted[i];
        const auto said =
            QStringLiteral("%1: %2 of %3 bytes differ").arg(name.c_str()).arg(different).arg(view.rgb.size());
        QVERIFY2(different == 0, qPrintable(said));
    }

    /// Converts (3, size, size), normalised as by the public image processors, back to grey levels as RGB rows.
    static std::vector<uint8_t> levels(const FloatTensor& normalised) {
        constexpr std::array mean{0.48145466, 0.4578275, 0.40821073};
        constexpr std::array deviation{0.26862954, 0.26130258, 0.27577711};
        const size_t plane = normalised.values.size() / 3;
        std::vector<uint8_t> rgb(normalised.values.size());
        for (size_t i = 0; i < rgb.size(); ++i) {
            const size_t c = i % 3;
            const double value = normalised.values[c * plane + i / 3] * deviation[c] + mean[c];
            rgb[i] = static_cast<uint8_t>(std::lround(value * 255));
        }
        return rgb;
    }

  private Q_SLOTS:
    void resizedPicturesCropsAndViewsEqualPillows() {
        REST_REFERENCE_OR_SKIP(folder, "golden/views");
        const std::string pixels = read_file(folder / "views.rgb");
        std::map<std::string, Image> sources;
        size_t compared = 0;
        for (const auto& wanted : test::read_json(folder / "views.json")) {
            const std::string source = wanted["source"];
            if (!sources.contains(source)) sources[source] = read_png(folder / (source + ".png"));
            const Image& picture = sources[source];
            const int width = wanted["width"], height = wanted["height"];
            Crop part{0, 0, picture.width, picture.height};
            if (wanted.contains("crop"))
                part = {wanted["crop"][0], wanted["crop"][1], wanted["crop"][2], wanted["crop"][3]};
            const Image view = wanted.contains("view") ? test_view(picture, wanted["view"])
                                                       : resize_bicubic(picture, part, width, height);
            QCOMPARE(view.width, width);
            QCOMPARE(view.height, height);
            const size_t offset = wanted["offset"];
            QVERIFY(offset + view.rgb.size() <= pixels.size());
            compare(view, reinterpret_cast<const uint8_t*>(pixels.data()) + offset, wanted.dump());
            if (QTest::currentTestFailed()) return;
            compared += view.rgb.size();
        }
        QVERIFY(compared == pixels.size());
        qInfo("%zu bytes compared", compared);
    }

    void viewsOfFramesEqualPillows() {
        REST_REFERENCE_OR_SKIP(folder, "golden/media/preprocessed.safetensors");
        const auto tensors = test::read_tensor_file(folder);
        QVERIFY(!tensors.empty());
        for (const auto& [name, wanted] : tensors) {
            const size_t dot = name.rfind('.');
            const Image picture = read_png(folder.parent_path() / (name.substr(0, dot) + ".png"));
            const bool clip = name.compare(dot + 1, 4, "clip") == 0;
            const int size = static_cast<int>(wanted.shape.at(1));
            QCOMPARE(wanted.shape, (std::vector<int64_t>{3, size, size}));
            compare(clip ? test_view(picture, size) : resize_bicubic(picture, size, size), levels(wanted).data(), name);
            if (QTest::currentTestFailed()) return;
        }
    }
};

REST_TEST(TestViewGolden)
#include "test_view_golden.moc"
