// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_scan.h"

#include "ui/look/format.h"

namespace rest::ui {

DatasetScan::DatasetScan(QObject* parent) : QObject(parent) {}

DatasetScan::~DatasetScan() {
    cancel();
}

void DatasetScan::cancel() {
    if (control_) control_->cancel();
    control_.reset();
    background_.forget();
}

void DatasetScan::start(const QString& source, const dataset::ScanSettings& settings) {
    cancel();
    control_ = std::make_shared<TaskControl>();
    background_.start(
        this,
        [this, control = control_, where = path(source), settings] {
            BackgroundTask task(*control, this, [this, control](const Progress& p) {
                if (control == control_) Q_EMIT progress(tr("%1 %2 so far").arg(countText(p.done), text(p.unit)));
            });
            return std::make_shared<const dataset::DatasetListing>(dataset::scan_dataset(where, settings, task));
        },
        [this](std::shared_ptr<const dataset::DatasetListing> listing) {
            control_.reset();
            Q_EMIT found(std::move(listing));
        },
        [this](const Failure& failure) {
            control_.reset();
            if (!failure.cancelled) Q_EMIT failed(failure.message, failure.remedy);
        });
}

}  // namespace rest::ui
