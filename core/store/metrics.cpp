// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "core/store/project_impl.h"

namespace rest::store {

void Project::add_metrics(RunId run, std::span<const MetricPoint> points) {
    impl_->write([&] {
        auto query = impl_->db.query(
            "INSERT INTO metrics (run, name, position, value, step) VALUES (?1, ?2, ?3, ?4, ?5) "
            "ON CONFLICT (run, name, position) DO UPDATE SET value = excluded.value, step = excluded.step");
        for (const auto& p : points) query.with(run, p.name, p.position, p.value, p.step).run();
    });
}

std::vector<MetricPoint> Project::metrics(RunId run, const std::string& name) const {
    return impl_->db.run([&] {
        std::vector<MetricPoint> found;
        auto query = impl_->db.query(
            "SELECT position, value, value IS NULL, step FROM metrics WHERE run = ?1 AND name = ?2 ORDER BY position");
        query.with(run, name);
        while (query.next()) {
            // SQLite stores NaN as null.
            const double value = query.number(2) != 0 ? std::numeric_limits<double>::quiet_NaN() : query.real(1);
            found.push_back({name, query.integer(0), value, query.number(3)});
        }
        return found;
    });
}

void Project::trim_metrics(RunId run, int64_t after_batch, int after_epoch) {
    impl_->write([&] {
        std::vector<std::string> names;
        {
            auto query = impl_->db.query("SELECT DISTINCT name FROM metrics WHERE run = ?1");
            query.with(run);
            while (query.next()) names.push_back(query.text(0));
        }
        auto query = impl_->db.query("DELETE FROM metrics WHERE run = ?1 AND name = ?2 AND position > ?3");
        for (const auto& name : names) query.with(run, name, is_epoch_metric(name) ? after_epoch : after_batch).run();
    });
}

}  // namespace rest::store
