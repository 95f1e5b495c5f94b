// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_line.h"

#include "app/commands/commands.h"
#include "app/commands/option_values.h"

namespace rest::app {
namespace {

// In the form that man pages are also generated from: titles, and below them terms with their meaning.
constexpr const char* kNotes = R"(Exit status:
  0    Done.
  1    Failed.
  2    Wrong usage.
  130  Cancelled, as by Ctrl-C.
  143  Ended by SIGTERM; what a training had done is kept.

Environment:
  GLOO_SOCKET_IFNAME  The network that several processes use.
  HF_ENDPOINT     A mirror of the Hugging Face hub, for `rest models`.
  HF_TOKEN        A token for gated models; HF_TOKEN_PATH is a file that holds one.
  HF_HOME         Where the hub's own tools keep models, which are found and used there; also HF_HUB_CACHE.
  HF_HUB_OFFLINE  1: work offline, do not contact the hub.
  REST_RESOURCES  The folder of the demo's models and class lists, if it is not beside the program.
  WORLD_SIZE      Set by torchrun, with RANK and others (srun and mpirun have their own): `rest train` joins a group.
  XDG_CACHE_HOME  Where `rest demo` keeps its world: rest-studio/demo there; default: ~/.cache.
  XDG_DATA_HOME   Where `rest models` keeps models: rest-studio/models there; default: ~/.local/share.
  XDG_STATE_HOME  Where logs are kept: rest-studio there; default: ~/.local/state.
)";

}  // namespace

void define_command_line(CLI::App& app, Console& console) {
    app.description("Train, measure and inspect video captioners that teach themselves from unlabelled clips");
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.set_version_flag("--version", REST_VERSION, "Print the version and exit");
    add_demo(app, console);
    add_project(app, console);
    add_models(app, console);
    add_train(app, console);
    add_sweep(app, console);
    add_captions(app, console);
    add_evaluate(app, console);
    add_failures(app, console);
    add_bench(app, console);
    add_study(app, console);
    add_run_export(app, console);
    add_inspection(app, console);
    add_help(app, console);
    describe_values(app);
    app.footer(kNotes);  // last: commands would inherit it
}

}  // namespace rest::app
