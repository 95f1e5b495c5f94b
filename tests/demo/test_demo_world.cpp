// SPDX-License-Identifier: GPL-3.0-or-later
// What the demo world draws: the same for the same seed, different for different actions, and all of it visible.
#include <QtTest/QtTest>

#include <cmath>
#include <cstdlib>
#include <set>

#include "core/demo/world/actions.h"
#include "core/demo/world/generator.h"
#include "core/demo/world/joints.h"
#include "core/demo/world/renderer.h"
#include "core/image/view.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::demo;

namespace {

/// Mean absolute difference of two pictures' channels, of 255.
double difference(const image::Image& a, const image::Image& b) {
    double sum = 0;
    for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(int{a.rgb[i]} - int{b.rgb[i]});
    return sum / static_cast<double>(a.rgb.size());
}

/// The same person, place and camera for every action.
SceneSpec plain_scene(int action) {
    SceneSpec scene;
    scene.action = action;
    return scene;
}

int action_count() {
    return static_cast<int>(demo_actions().size());
}

double length(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

}  // namespace

class TestDemoWorld : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void actionsAreManyNamedAndFourAreNovel() {
        std::set<std::string> names, phrases, objects;
        int novel = 0;
        for (const auto& action : demo_actions()) {
            names.insert(action.class_name);
            phrases.insert(action.phrase);
            objects.insert(action.object);
            novel += action.novel;
            QVERIFY(action.keys.size() >= 2);
        }
        QCOMPARE(names.size(), size_t{24});
        QCOMPARE(phrases.size(), size_t{24});
        QCOMPARE(objects.size(), size_t{24});
        QCOMPARE(novel, 4);
    }

    void posesGoRoundWithoutAJump() {
        for (const auto& action : demo_actions()) {
            const auto last = pose_at(action, 0.999), first = pose_at(action, 0);
            QVERIFY(std::abs(last.lean - first.lean) < 1);
            QVERIFY(std::abs(last.near_arm - first.near_arm) < 1);
            QVERIFY(std::abs(last.progress - first.progress) < 0.01);
        }
    }

    void handsReachWhatIsNearAndStretchTowardsWhatIsFar() {
        auto joints = joints_of({}, View::side);
        const double upper = length(joints.near_shoulder, joints.near_elbow);
        const double lower = length(joints.near_elbow, joints.near_hand);
        const Point near{joints.near_shoulder.x + 0.15, joints.near_shoulder.y + 0.1};
        reach(joints, Limb::near_arm, near);
        QVERIFY(length(joints.near_hand, near) < 1e-6);
        QVERIFY(std::abs(length(joints.near_shoulder, joints.near_elbow) - upper) < 1e-6);
        QVERIFY(std::abs(length(joints.near_elbow, joints.near_hand) - lower) < 1e-6);
        reach(joints, Limb::near_arm, {joints.near_shoulder.x + 5, joints.near_shoulder.y});
        QVERIFY(std::abs(length(joints.near_shoulder, joints.near_hand) - upper - lower) < 1e-3);
        QVERIFY(std::abs(joints.near_hand.y - joints.near_shoulder.y) < 1e-6);
    }

    void aSceneIsAFunctionOfSeedAndIndex() {
        const auto a = draw_scene(3, 17), b = draw_scene(3, 17), other = draw_scene(4, 17);
        const auto picture = render(a, 0.7, 192, 144);
        QCOMPARE(picture.width, 192);
        QCOMPARE(picture.height, 144);
        QVERIFY(picture.rgb == render(b, 0.7, 192, 144).rgb);
        QVERIFY(picture.rgb != render(other, 0.7, 192, 144).rgb);
        QCOMPARE(draw_scene(3, 17, 5).action, 5);
        QCOMPARE(draw_scene(3, 17, 5).decoration, a.decoration);
    }

    void scenesVaryInEverythingButTheirAction() {
        std::set<int> places, persons, shirts, hats, sides, others;
        for (uint64_t i = 0; i < 200; ++i) {
            const auto s = draw_scene(1, i, 2);
            places.insert(static_cast<int>(s.place));
            persons.insert(static_cast<int>(s.person));
            shirts.insert(s.shirt);
            hats.insert(s.hat);
            sides.insert(s.mirrored);
            others.insert(s.distractor);
        }
        QCOMPARE(places.size(), size_t{kPlaces});
        QCOMPARE(persons.size(), size_t{kPersons});
        QCOMPARE(shirts.size(), size_t{kShirts});
        QCOMPARE(hats.size(), size_t{2});
        QCOMPARE(sides.size(), size_t{2});
        QVERIFY(others.size() > 12);
    }

    void everyActionMovesAndShows() {
        for (int a = 0; a < action_count(); ++a) {
            const auto scene = plain_scene(a);
            const auto frames = sample_frames(scene, 8, 64, 64);
            QCOMPARE(frames.size(), size_t{8});
            double motion = 0;
            for (size_t i = 1; i < frames.size(); ++i) motion += difference(frames[i - 1], frames[i]) / 7;
            QVERIFY2(motion > 0.5, demo_actions()[a].class_name.c_str());
        }
    }

    void actionsLookDifferentInThePictureThatModelsSee() {
        std::vector<image::Image> views;
        for (int a = 0; a < action_count(); ++a)
            views.push_back(image::test_view(render(plain_scene(a), 0.3, 192, 144), 64));
        for (int a = 0; a < action_count(); ++a) {
            for (int b = 0; b < a; ++b) {
                const auto pair = demo_actions()[a].class_name + " / " + demo_actions()[b].class_name;
                QVERIFY2(difference(views[a], views[b]) > 3, pair.c_str());
            }
        }
    }

    void placesLookDifferent() {
        std::vector<image::Image> pictures;
        for (int place = 0; place < kPlaces; ++place) {
            auto scene = plain_scene(0);
            scene.place = static_cast<Place>(place);
            pictures.push_back(render(scene, 0, 96, 72));
            for (int other = 0; other < place; ++other) QVERIFY(difference(pictures[place], pictures[other]) > 15);
        }
    }

    void anUnusedObjectLiesAtTheSideOnly() {
        auto scene = plain_scene(0);
        const auto without = render(scene, 0, 192, 144);
        scene.distractor_x = 0.2;
        for (int a = 1; a < action_count(); ++a) {
            scene.distractor = a;
            const auto with = render(scene, 0, 192, 144);
            double left = 0, right = 0;
            for (int y = 0; y < 144; ++y) {
                for (int x = 0; x < 192; ++x) {
                    const int d = std::abs(int{with.row(y)[3 * x]} - int{without.row(y)[3 * x]});
                    (x < 96 ? left : right) += d;
                }
            }
            QVERIFY2(left > 300, demo_actions()[a].object.c_str());
            QCOMPARE(right, 0.0);
        }
    }

    void sampledFramesAreThoseOfUniformSampling() {
        const auto scene = draw_scene(9, 4);
        const auto frames = sample_frames(scene, 8, 96, 72);
        // 36 frames at 12 a second: floor((i + 0.5) * 36 / 8) = 2, 6, 11, 15, 20, 24, 29, 33.
        QVERIFY(frames.front().rgb == render(scene, 2 / 12.0, 96, 72).rgb);
        QVERIFY(frames[2].rgb == render(scene, 11 / 12.0, 96, 72).rgb);
        QVERIFY(frames.back().rgb == render(scene, 33 / 12.0, 96, 72).rgb);
    }
};

REST_TEST(TestDemoWorld)
#include "test_demo_world.moc"
