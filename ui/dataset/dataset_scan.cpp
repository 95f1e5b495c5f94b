// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_scan.h"

#include <functional>

#include "ui/look/format.h"

namespace rest::ui {

namespace {

class ScanTask final : public Task {
  public:
    ScanTask(TaskControl& control, std::function<void(const Progress&)> tell) : Task(control), tell_(std::move(tell)) {}

  private:
    void on_progress(const Progress& progress) override { tell_(progress); }
    void on_log(LogLevel, const std::string&) override {}
    std::function<void(const Progress&)> tell_;
};

}  // namespace

DatasetScan::DatasetScan(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(1);
}

DatasetScan::~DatasetScan() {
    cancel();
    pool_.waitForDone();
}

void DatasetScan::cancel() {
    if (control_) control_->cancel();
    control_.reset();
}

void DatasetScan::start(const QString& source, dataset::Layout layout) {
    cancel();
    control_ = std::make_shared<TaskControl>();
    pool_.start([this, control = control_, where = path(source), layout] {
        const auto tell = [this, control](std::function<void()> what, bool last) {
            QMetaObject::invokeMethod(
                this,
                [this, control, what, last] {
                    if (control != control_) return;
                    if (last) control_.reset();
                    what();
                },
                Qt::QueuedConnection);
        };
        ScanTask task(*control, [&](const Progress& p) {
            const QString line = tr("%1 %2 so far").arg(countText(p.done), text(p.unit));
            tell([this, line] { Q_EMIT progress(line); }, false);
        });
        try {
            auto listing = std::make_shared<const dataset::DatasetListing>(dataset::scan_dataset(where, layout, task));
            tell([this, listing] { Q_EMIT found(listing); }, true);
        } catch (const Cancelled&) {
        } catch (const Error& error) {
            tell([this, m = text(error.what()), r = text(error.remedy())] { Q_EMIT failed(m, r); }, true);
        } catch (const std::exception& error) {
            tell([this, m = text(error.what())] { Q_EMIT failed(m, {}); }, true);
        }
    });
}

}  // namespace rest::ui
