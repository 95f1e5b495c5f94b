// SPDX-License-Identifier: GPL-3.0-or-later
// The official class names, and the official UCF101 lists over a folder of placeholders for the videos.
#include <QtTest/QtTest>

#include <cctype>

#include "core/base/atomic_file.h"
#include "core/base/strings.h"
#include "tests/dataset/made_folder.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::dataset;
using rest::test::MadeFolder;

class TestOfficial : public QObject {
    Q_OBJECT

    /// The paths of a list, without the numbers behind them.
    static std::vector<std::string> pathsOf(const std::filesystem::path& list) {
        std::vector<std::string> paths;
        for (const auto& line : split_lines(read_file(list))) paths.push_back(split(trimmed(line), ' ')[0]);
        return paths;
    }

  private Q_SLOTS:
    void officialNamesKeepTheirLetters() {
        REST_REFERENCE_OR_SKIP(labels, "labels");
        const auto letters = [](std::string text) {
            std::erase_if(text, [](char c) { return c == ' ' || c == '_'; });
            return text;
        };
        for (const char* file : {"ucf101.txt", "hmdb51.txt"}) {
            const auto names = split_lines(read_file(labels / file));
            QVERIFY(names.size() > 50);
            for (const auto& name : names) {
                const auto readable = readable_class_name(name);
                QCOMPARE(letters(readable), letters(name));
                QVERIFY2(readable.find('_') == std::string::npos, readable.c_str());
                for (size_t i = 1; i < readable.size(); ++i) {
                    if (std::isupper(static_cast<unsigned char>(readable[i])) != 0) QCOMPARE(readable[i - 1], ' ');
                }
            }
        }
        for (const char* file : {"kinetics-400.txt", "kinetics-600.txt", "kinetics-620.txt"}) {
            for (const auto& name : split_lines(read_file(labels / file))) QCOMPARE(readable_class_name(name), name);
        }
    }

    void ucf101() {
        REST_REFERENCE_OR_SKIP(splits, "labels/ucf101-splits");
        MadeFolder folder;
        std::filesystem::copy(splits, folder.root() / "ucfTrainTestlist");
        const auto train = pathsOf(splits / "trainlist01.txt");
        const auto test = pathsOf(splits / "testlist01.txt");
        for (const auto* list : {&train, &test}) {
            for (const auto& path : *list) folder.file("UCF-101/" + path);
        }
        const auto listing = folder.scan();
        QCOMPARE(listing.layout, Layout::ucf101);
        QVERIFY(listing.problems.empty());
        QCOMPARE(listing.clips.size(), train.size() + test.size());
        const auto in_train =
            std::count_if(listing.clips.begin(), listing.clips.end(), [](auto& c) { return c.split == Split::train; });
        QCOMPARE(static_cast<size_t>(in_train), train.size());

        const auto names = split_lines(read_file(splits.parent_path() / "ucf101.txt"));
        QCOMPARE(listing.classes.size(), names.size());
        for (size_t i = 0; i < names.size(); ++i) QCOMPARE(listing.classes[i], readable_class_name(names[i]));
        for (const auto& clip : listing.clips) {
            const auto folder_name = clip.path.parent_path().filename().string();
            QCOMPARE(listing.classes.at(static_cast<size_t>(clip.label)), readable_class_name(folder_name));
        }
    }
};

REST_TEST(TestOfficial)
#include "test_official.moc"
