// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/commands/alone.h"
#include "app/commands/commands.h"
#include "core/base/paths.h"
#include "core/demo/demo_job.h"
#include "core/demo/pretrain.h"

namespace rest::app {
namespace {

struct DemoOptions {
    std::string dir;
    demo::DemoParams params;
};

nlohmann::json to_json(const demo::DemoScore& s) {
    return {{"top1", s.top1}, {"top5", s.top5}};
}

void print_table(const demo::DemoResult& r, const Console& console) {
    console.print(
        fmt::format("CLIP-TAM on {} val clips of the demo world (drawn clips and small models made for this program),\n"
                    "trained on {} clips without labels, seed {}:\n",
                    r.val_clips, r.train_clips, r.seed));
    console.print("                                    top-1    top-5");
    const auto row = [&](const char* name, const demo::DemoScore& s) {
        console.print(fmt::format("{:<34}{:>5.1f} %  {:>5.1f} %", name, s.top1, s.top5));
    };
    row("First captions (no training)", r.first);
    row("Self-training alone (H = 1)", r.self_training);
    row("REST", r.rest);
    console.print(fmt::format("\n{:.0f} seconds in total", r.seconds));
}

void run_demo(DemoOptions& o, Console& console) {
    const auto name = fmt::format("seed_{}{}", o.params.seed, o.params.quick ? "_quick" : "");
    o.params.folder = o.dir.empty() ? cache_dir() / "demo" / name : std::filesystem::path(o.dir);
    demo::DemoResult result;
    const auto job = demo::make_demo_job(o.params, [&](const demo::DemoResult& r) { result = r; });
    console.run(*job);
    if (!console.json) {
        print_table(result, console);
        return console.print("The project is " + demo::demo_project(o.params.folder).string());
    }
    console.print_json(nlohmann::json{{"seed", result.seed},
                                      {"first", to_json(result.first)},
                                      {"self_training", to_json(result.self_training)},
                                      {"rest", to_json(result.rest)},
                                      {"seconds", result.seconds}});
}

}  // namespace

void add_demo(CLI::App& app, Console& console) {
    auto o = std::make_shared<DemoOptions>();
    auto* command =
        app.add_subcommand("demo", "Draw a small world of clips, train on it, and print CLIP-TAM before and after");
    command->add_option("--dir", o->dir, "Folder for the clips and the project; default: in the user's cache");
    command->add_flag("--quick", o->params.quick, "Fewer clips and epochs");
    command->add_option("--seed", o->params.seed, "Seed of the world and the training")->capture_default_str();
    command->add_flag("--json", console.json);

    struct Pretrain {
        std::string out;
        demo::PretrainSettings settings;
    };
    auto p = std::make_shared<Pretrain>();
    auto* pretrain = command->add_subcommand("pretrain", "Train the demo's BLIP and CLIP from scratch");
    pretrain->add_option("out", p->out, "Folder for blip/ and clip/")->required();
    pretrain->add_option("--seed", p->settings.seed)->capture_default_str();
    pretrain->add_option("--frames", p->settings.frames, "Frames drawn")->capture_default_str();
    pretrain->add_option("--blip-epochs", p->settings.blip_epochs, "Epochs of BLIP")->capture_default_str();
    pretrain->add_option("--clip-epochs", p->settings.clip_epochs, "Epochs of CLIP")->capture_default_str();
    pretrain->add_option("--device", p->settings.device)->capture_default_str();
    command->callback([command, o, p, pretrain, &console] {
        require_alone("rest demo");
        if (pretrain->parsed()) return demo::pretrain_demo_models(p->out, p->settings, console.task());
        run_demo(*o, console);
    });
}

}  // namespace rest::app
