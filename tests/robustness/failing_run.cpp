// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/failing_run.h"
#include "tests/support/places.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

namespace rest::test {

namespace fs = std::filesystem;

std::string Failure::text() const {
    return error + (reads ? " on reading" : "") + " in call " + std::to_string(call) + (once ? ", once" : " and after");
}

Failure random_failure(Random& random, long calls) {
    static const std::array<std::string, 3> kErrors = {"ENOSPC", "EIO", "EROFS"};
    Failure failure;
    failure.call = 1 + static_cast<long>(random.below(static_cast<uint32_t>(calls)));
    failure.error = random.pick(kErrors);
    failure.once = random.chance(0.3);
    return failure;
}

FailedRun run_failing(const std::vector<std::string>& arguments, const fs::path& folder, const Failure& failure,
                      const std::string& program) {
    const auto report = folder.string() + ".report";
    const auto log = folder.string() + ".log";
    fs::remove(report);
    Variables variables = {{"LD_PRELOAD", (test::build_dir() / "tests" / "librest_failing_files.so").string()},
                           {"ASAN_OPTIONS", "verify_asan_link_order=0"},
                           {"REST_FAILING_FOLDER", folder.string()},
                           {"REST_FAILING_CALL", std::to_string(failure.call)},
                           {"REST_FAILING_ERROR", failure.error},
                           {"REST_FAILING_REPORT", report}};
    if (failure.once) variables["REST_FAILING_ONCE"] = "1";
    if (failure.reads) variables["REST_FAILING_READS"] = "1";
    FailedRun run;
    {
        RestProcess process(arguments, log, variables, program);
        run.end = process.end();
        run.said = process.said();
    }
    std::ifstream lines(report);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("calls ")) {
            run.calls = std::atol(line.c_str() + 6);
        } else {
            run.failed = line;
        }
    }
    return run;
}

std::string missing_in_message(const std::string& said, const fs::path& folder) {
    const auto names_one_of = [&](std::initializer_list<const char*> words) {
        return std::ranges::any_of(words, [&](const char* word) { return said.find(word) != std::string::npos; });
    };
    const auto error = said.rfind("error: ");
    if (error == std::string::npos) return "no error is told";
    if (said.find(folder.string(), error) == std::string::npos) return "the file is not named";
    if (!names_one_of({"No space left", "no space left", "Input/output error", "disk I/O error",
                       "Read-only file system", "readonly database", "unable to open database"})) {
        return "the reason is not told";
    }
    if (!names_one_of({"try again", "--resume"})) return "the way out is not told";
    return "";
}

}  // namespace rest::test
