// SPDX-License-Identifier: GPL-3.0-or-later
// `rest`: REST Studio on the command line.
#include <filesystem>
#include <iostream>

#include "app/commands/command_line.h"
#include "core/base/file_error.h"
#include "core/base/leaving.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace {

enum ExitStatus { kDone = 0, kFailed = 1, kUsage = 2, kCancelled = 130, kLeft = 143 };

int run(int argc, char** argv) {
    rest::app::Console console;
    CLI::App app;
    rest::app::define_command_line(app, console);
    try {
        app.parse(argc, argv);
        return kDone;
    } catch (const CLI::ParseError& e) {
        return app.exit(e, std::cerr, std::cerr) == 0 ? kDone : kUsage;
    }
}

int tell(const rest::Error& e) {
    spdlog::error("{}", e.full_text());
    return e.code() == rest::ErrorCode::invalid_argument ? kUsage : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    std::error_code error;
    std::filesystem::create_directories(rest::state_dir(), error);
    rest::start_logging({.file = rest::state_dir() / "rest.log"});
    try {
        return run(argc, argv);
    } catch (const rest::Cancelled& cancelled) {
        spdlog::warn(rest::is_leaving(cancelled) ? "Ended by SIGTERM" : "Cancelled");
        return rest::is_leaving(cancelled) ? kLeft : kCancelled;
    } catch (const rest::Error& e) {
        return tell(e);
    } catch (const std::filesystem::filesystem_error& e) {
        return tell(rest::file_error(e));
    } catch (const std::exception& e) {
        spdlog::error("{}", e.what());
        return kFailed;
    }
}
