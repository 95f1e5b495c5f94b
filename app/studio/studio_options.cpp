// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio_options.h"

namespace rest::app {
namespace {

constexpr const char* kNotes = R"(Files:
  ~/.local/share/rest-studio/demo  The demo's project.
  ~/.local/state/rest-studio       Logs, and marks of open sessions: what was open when the program ended unexpectedly is offered at the next start.

Environment:
  REST_RESOURCES   The folder of the demo's models and class lists, if it is not beside the program.
  QT_QPA_PLATFORM  What Qt draws on, such as xcb, wayland or offscreen; every option of Qt programs works as well.
)";

}  // namespace

void define_studio(CLI::App& app, StudioOptions& options) {
    app.description("Train video captioners without labels and watch captions evolve");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.set_version_flag("-v,--version", REST_VERSION, "Print the version and exit");
    app.add_option("opened", options.opened,
                   "A project's folder, NAME.rest, or the project.sqlite in it, or a study file to rate, NAME.study")
        ->type_name("PATH");
    app.add_flag("--demo", options.demo, "Open the demo: a small drawn world with two small models, training live");
    app.add_option("--theme", options.theme,
                   "auto, light or dark, for this once; auto follows the desktop. Without it, what View > Theme says")
        ->type_name("THEME");
    app.add_option("--tour", options.tour, "Write a picture of every page into this folder and quit")
        ->type_name("FOLDER");
    app.footer(kNotes);
}

}  // namespace rest::app
