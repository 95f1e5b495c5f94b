// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program.h"

#ifdef REST_TEST_GUI
#include <QApplication>
#else
#include <QCoreApplication>
#endif
#include <cstdio>
#include <cstring>
#include <vector>

namespace rest::test {

namespace {

struct Entry {
    const char* name;
    TestEntry::Run run;
};

// Filled by constructors of static objects, in any order.
std::vector<Entry>& tests() {
    static std::vector<Entry> all;
    return all;
}

std::vector<Entry>& children() {
    static std::vector<Entry> all;
    return all;
}

const Entry* find(const std::vector<Entry>& entries, const char* name) {
    for (const auto& entry : entries) {
        if (std::strcmp(entry.name, name) == 0) return &entry;
    }
    return nullptr;
}

int run_all(int argc, char** argv) {
    int failed = 0;
    for (const auto& test : tests()) failed += test.run(argc, argv) != 0 ? 1 : 0;
    return tests().empty() || failed > 0 ? 1 : 0;
}

int usage(const char* asked) {
    std::fprintf(stderr, "There is no test %s here. Tests:\n", asked);
    for (const auto& test : tests()) std::fprintf(stderr, "  %s\n", test.name);
    return 2;
}

}  // namespace

TestEntry::TestEntry(const char* class_name, Run run) {
    tests().push_back({class_name, run});
}
ChildEntry::ChildEntry(const char* flag, Run run) {
    children().push_back({flag, run});
}

}  // namespace rest::test

int main(int argc, char** argv) {
    using namespace rest::test;
    if (argc > 1) {
        if (const auto* child = find(children(), argv[1])) return child->run(argc - 2, argv + 2);
    }
    // Only CTest's limit applies: QtTest's own, five minutes per function, is too short on a busy machine.
    if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT")) qputenv("QTEST_FUNCTION_TIMEOUT", "2147483647");
#ifdef REST_TEST_GUI
    QApplication app(argc, argv);
#else
    QCoreApplication app(argc, argv);
#endif
    if (argc < 2 || argv[1][0] == '-') return run_all(argc, argv);
    const auto* test = find(tests(), argv[1]);
    if (!test) return usage(argv[1]);
    std::vector<char*> arguments = {argv[0]};
    arguments.insert(arguments.end(), argv + 2, argv + argc);
    return test->run(static_cast<int>(arguments.size()), arguments.data());
}
