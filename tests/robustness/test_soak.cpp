// SPDX-License-Identifier: GPL-3.0-or-later
// Long use of the studio in one process: jobs run, some are cancelled, pages, projects and windows are opened and
// closed. Memory, open files and threads must not grow.
#include <QApplication>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/paths.h"
#include "core/base/random.h"
#include "core/engine/inference/caption_job.h"
#include "core/engine/measure/evaluate_job.h"
#include "core/engine/run/train_check_job.h"
#include "core/engine/run/train_job.h"
#include "tests/robustness/footprint.h"
#include "tests/robustness/made_run.h"
#include "tests/support/test_program.h"
#include "ui/captions/captions_page.h"
#include "ui/dataset/dataset_page.h"
#include "ui/look/format.h"
#include "ui/reports/reports_page.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;
using namespace rest::ui;
namespace fs = std::filesystem;

namespace {

constexpr int kSecondsInPassing = 20;
constexpr int kLeastRounds = 6;                        // a third each to warm up, before and after
constexpr int64_t kMemoryMayGrow = int64_t{48} << 20;  // caches of the libraries fill for some rounds

qint64 wanted_milliseconds() {
    if (qEnvironmentVariableIsSet("REST_SOAK_MINUTES"))
        return 60000 * qEnvironmentVariableIntValue("REST_SOAK_MINUTES");
    return 1000 * kSecondsInPassing;
}

TrainSettings short_settings() {
    auto s = preset("demo");
    s.optimisation.epochs = 1;
    s.retrieval.retrievals = 1;
    s.retrieval.neighbours = 6;
    s.machine.threads = 1;
    return s;
}

/// The minimum of each over some rounds: what is in use when nothing runs.
Footprint least_of(std::span<const Footprint> rounds) {
    Footprint least = rounds.front();
    for (const auto& f : rounds) {
        least.memory = std::min(least.memory, f.memory);
        least.handles = std::min(least.handles, f.handles);
        least.threads = std::min(least.threads, f.threads);
    }
    return least;
}

}  // namespace

class TestSoak : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<MadeProject> made_;
    std::unique_ptr<MainWindow> window_;
    fs::path project_;
    Random random_{static_cast<uint64_t>(QDateTime::currentMSecsSinceEpoch())};
    int jobs_ = 0, cancels_ = 0, failures_ = 0, pages_ = 0, projects_ = 0, windows_ = 0;
    std::string failure_;

    /// Without a timeout: this machine may stall for minutes.
    template <class Condition>
    static void wait_until(Condition&& condition) {
        while (!condition()) QTest::qWait(10);
    }

    void make_window() {
        window_ = std::make_unique<MainWindow>();
        ++windows_;
        connect(&window_->engine(), &EngineClient::jobFinished, this, [this](const JobFinished& end) {
            failures_ += end.outcome == Outcome::failed;
            if (end.outcome == Outcome::failed) failure_ = end.message;
        });
        window_->show();
    }

    /// A fresh copy, so that any growth is the program's and not its data's.
    void open_project() {
        window_->session().close();
        wait_until([this] { return window_->session().idle(); });
        project_ = made_->fresh(projects_ % 2 == 0 ? "even" : "odd");
        ++projects_;
        window_->openProject(text(project_));
        wait_until([this] { return window_->session().isOpen(); });
    }

    std::unique_ptr<Job> random_job() {
        const auto clips = store::Project::open(project_, store::OpenMode::read_only).videos();
        const auto ignore = [](const auto&) {};
        switch (random_.below(4)) {
            case 0: {
                const auto settings = short_settings();
                CaptionParams params{.captioner = resources_dir() / "demo" / "blip",
                                     .generation = settings.generation,
                                     .input = settings.clips,
                                     .machine = settings.machine};
                for (int i = 0; i < 3; ++i) params.clips.emplace_back(random_.pick(clips).path);
                return make_caption_job(params, ignore);
            }
            case 1:
                return make_train_check_job({.train = {.project = project_, .settings = short_settings()}}, ignore);
            case 2:
                return make_evaluate_job({.project = project_,
                                          .kind = random_.chance(0.5) ? store::RunKind::clip : store::RunKind::blip,
                                          .settings = short_settings()},
                                         ignore);
            default:
                return make_train_job({.project = project_, .settings = short_settings()});
        }
    }

    void visit_a_page() {
        ++pages_;
        switch (random_.below(5)) {
            case 0:
                window_->showPage(MainWindow::Page::dataset);
                window_->datasetPage().show(static_cast<DatasetPage::View>(random_.below(3)));
                break;
            case 1:
                window_->showPage(MainWindow::Page::train);
                window_->trainPage().show(static_cast<TrainPage::View>(random_.below(4)));
                break;
            case 2: {
                window_->showPage(MainWindow::Page::captions);
                const auto& videos = window_->session().videos()->videos;
                if (!videos.empty()) window_->captionsPage().showVideo(random_.pick(videos).id);
                window_->captionsPage().show(static_cast<CaptionsPage::View>(random_.below(3)));
                break;
            }
            case 3:
                window_->showPage(MainWindow::Page::reports);
                window_->reportsPage().show(static_cast<ReportsPage::View>(random_.below(5)));
                break;
            default:
                window_->showPage(MainWindow::Page::study);
        }
        QTest::qWait(20);
    }

    /// Runs one job from queueing to its end while pages are visited; it may be cancelled on the way.
    void run_a_job() {
        ++jobs_;
        auto& engine = window_->engine();
        const JobId job = engine.submit(random_job());
        const bool cancels = random_.chance(0.35);
        const qint64 patience = cancels ? random_.below(1500) : 0;
        QElapsedTimer clock;
        clock.start();
        for (bool cancelled = false; engine.busy();) {
            visit_a_page();
            if (!cancels || cancelled || clock.elapsed() < patience || engine.find(job) == nullptr) continue;
            engine.cancel(job);
            cancelled = true;
            ++cancels_;
        }
    }

    bool idle() const {
        return window_->session().idle() && window_->datasetPage().idle() && window_->captionsPage().idle() &&
               window_->reportsPage().idle();
    }

    /// Opens and closes a window, with a project or two. What is still in use afterwards is leaked.
    Footprint round() {
        make_window();
        for (auto projects = 1 + random_.below(2); projects > 0; --projects) {
            open_project();
            for (int i = 0; i < 2; ++i) run_a_job();
            window_->session().close();
            wait_until([this] { return idle(); });
        }
        window_.reset();
        QTest::qWait(300);  // lets stopped threads end
        return footprint();
    }

  private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_STATE_HOME", dir_.path().toUtf8());
        QStandardPaths::setTestModeEnabled(true);
        QThreadPool::globalInstance()->setExpiryTimeout(100);
        made_ = std::make_unique<MadeProject>(dir_.path().toStdString());
    }

    void nothingGrows() {
        std::vector<Footprint> rounds;
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < wanted_milliseconds() || std::ssize(rounds) < kLeastRounds) {
            const auto now = rounds.emplace_back(round());
            qInfo("round %zu: %lld MiB, %d open files, %d threads", rounds.size(),
                  static_cast<long long>(now.memory >> 20), now.handles, now.threads);
            QVERIFY2(failures_ == 0, failure_.c_str());
        }
        const auto third = rounds.size() / 3;
        const auto before = least_of(std::span(rounds).subspan(third, third)),
                   after = least_of(std::span(rounds).last(third));
        qInfo("%d jobs, %d of them cancelled, %d pages, %d projects, %d windows in %lld s", jobs_, cancels_, pages_,
              projects_, windows_, static_cast<long long>(clock.elapsed() / 1000));
        qInfo(
            "memory %lld MiB in the first round, %lld after the warm-up, %lld at the end; %d and %d open files; %d and "
            "%d threads",
            static_cast<long long>(rounds.front().memory >> 20), static_cast<long long>(before.memory >> 20),
            static_cast<long long>(after.memory >> 20), before.handles, after.handles, before.threads, after.threads);
        QVERIFY(after.handles <= before.handles);
        QVERIFY(after.threads <= before.threads);
        QVERIFY(after.memory <= before.memory + kMemoryMayGrow);
    }
};

REST_TEST(TestSoak)
#include "test_soak.moc"
