// SPDX-License-Identifier: GPL-3.0-or-later
// `rest`: REST Studio on the command line.
#include <filesystem>
#include <iostream>

#include "app/commands/commands.h"
#include "core/base/file_error.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace {

enum ExitStatus { kDone = 0, kFailed = 1, kUsage = 2, kCancelled = 130 };

int run(int argc, char** argv) {
    rest::app::Console console;
    CLI::App app{"REST Studio: captioners of actions that teach themselves from unlabelled videos"};
    app.require_subcommand(1);
    app.set_version_flag("--version", REST_VERSION);
    rest::app::add_demo(app, console);
    rest::app::add_project(app, console);
    rest::app::add_models(app, console);
    rest::app::add_train(app, console);
    rest::app::add_sweep(app, console);
    rest::app::add_captions(app, console);
    rest::app::add_evaluate(app, console);
    rest::app::add_bench(app, console);
    rest::app::add_study(app, console);
    rest::app::add_inspection(app, console);
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
    } catch (const rest::Cancelled&) {
        spdlog::warn("Cancelled");
        return kCancelled;
    } catch (const rest::Error& e) {
        return tell(e);
    } catch (const std::filesystem::filesystem_error& e) {
        return tell(rest::file_error(e));
    } catch (const std::exception& e) {
        spdlog::error("{}", e.what());
        return kFailed;
    }
}
