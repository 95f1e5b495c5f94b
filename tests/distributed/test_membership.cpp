// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <map>
#include <set>

#include "core/base/error.h"
#include "core/distributed/membership.h"
#include "core/distributed/shares.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::distributed;
using namespace rest::test;

namespace {

using Variables = std::map<std::string, std::string>;

std::optional<Membership> with(const Variables& variables) {
    return membership_from([&](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

}  // namespace

class TestMembership : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void torchruns() {
        const auto found = with({{"RANK", "5"},
                                 {"WORLD_SIZE", "8"},
                                 {"LOCAL_RANK", "1"},
                                 {"MASTER_ADDR", "node1"},
                                 {"MASTER_PORT", "1234"},
                                 {"TORCHELASTIC_RESTART_COUNT", "2"}});
        QVERIFY(found);
        QCOMPARE(found->rank, 5);
        QCOMPARE(found->size, 8);
        QCOMPARE(found->local_rank, 1);
        QCOMPARE(found->address, std::string("node1"));
        QCOMPARE(int{found->port}, 1234);
        QCOMPARE(found->attempt, 2);
    }

    // Nor may those of another attempt meet.
    void torchrunsOwnStoreIsLeftAlone() {
        Variables variables = {{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "node1"}, {"MASTER_PORT", "29500"}};
        QCOMPARE(int{with(variables)->port}, 29500);
        variables["TORCHELASTIC_USE_AGENT_STORE"] = "True";
        std::set<int> ports = {29500};
        for (const char* attempt : {"0", "1", "2", "300"}) {
            variables["TORCHELASTIC_RESTART_COUNT"] = attempt;
            QVERIFY(ports.insert(with(variables)->port).second);
        }
    }

    void launches() {
        const auto launch = [](const Variables& variables) {
            return launch_from([&](const char* name) -> std::optional<std::string> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional(found->second);
            });
        };
        QVERIFY(!launch({}));
        const auto first = launch({{"TORCHELASTIC_RUN_ID", "abc"}, {"TORCHELASTIC_RESTART_COUNT", "0"}});
        const auto again = launch({{"TORCHELASTIC_RUN_ID", "abc"}, {"TORCHELASTIC_RESTART_COUNT", "3"}});
        QVERIFY(first && again);
        QCOMPARE(first->id, again->id);
        QCOMPARE(first->attempt, 0);
        QCOMPARE(again->attempt, 3);
        // Without a rendezvous torchrun calls every launch so.
        const auto here =
            launch({{"TORCHELASTIC_RUN_ID", "none"}, {"TORCHELASTIC_RESTART_COUNT", "0"}, {"MASTER_PORT", "1"}});
        const auto there =
            launch({{"TORCHELASTIC_RUN_ID", "none"}, {"TORCHELASTIC_RESTART_COUNT", "0"}, {"MASTER_PORT", "2"}});
        QVERIFY(here->id != there->id);
        const auto queued = launch({{"SLURM_JOB_ID", "7"}, {"SLURM_RESTART_COUNT", "1"}});
        QVERIFY(queued && queued->attempt == 1);
        QVERIFY(launch({{"SLURM_JOB_ID", "8"}})->id != queued->id);
    }

    void slurms() {
        const Variables variables = {{"SLURM_PROCID", "3"},
                                     {"SLURM_NTASKS", "16"},
                                     {"SLURM_STEP_NUM_TASKS", "16"},
                                     {"SLURM_LOCALID", "3"},
                                     {"SLURM_JOB_ID", "77123"},
                                     {"SLURM_STEP_ID", "0"},
                                     {"SLURM_JOB_NODELIST", "gpu[01-08]"},
                                     {"SLURM_STEP_NODELIST", "gpu[07-08]"}};
        const auto found = with(variables);
        QVERIFY(found);
        QCOMPARE(found->rank, 3);
        QCOMPARE(found->size, 16);
        QCOMPARE(found->local_rank, 3);
        QCOMPARE(found->address, std::string("gpu07"));
        for (const auto& [name, other] : Variables{{"SLURM_JOB_ID", "77124"}, {"SLURM_STEP_ID", "1"}}) {
            auto beside = variables;
            beside[name] = other;
            QVERIFY(with(beside)->port != found->port);  // two of one machine do not meet
        }
    }

    void openMpis() {
        const auto found = with({{"OMPI_COMM_WORLD_RANK", "1"},
                                 {"OMPI_COMM_WORLD_SIZE", "2"},
                                 {"OMPI_COMM_WORLD_LOCAL_RANK", "1"},
                                 {"MASTER_ADDR", "a"}});
        QVERIFY(found);
        QCOMPARE(found->rank, 1);
        QCOMPARE(found->address, std::string("a"));
    }

    void aloneIsNoGroup() {
        QVERIFY(!with({}));
        QVERIFY(!with({{"RANK", "0"}, {"WORLD_SIZE", "1"}}));
        QVERIFY(!with({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}}));  // in a batch script, not by srun
        QVERIFY(!with({{"WORLD_SIZE", "4"}}));
    }

    void nonsenseIsNamed() {
        for (const auto& [variables, named] : std::vector<std::pair<Variables, std::string>>{
                 {{{"RANK", "4"}, {"WORLD_SIZE", "4"}}, "RANK = \"4\""},
                 {{{"RANK", "-1"}, {"WORLD_SIZE", "4"}}, "RANK = \"-1\""},
                 {{{"RANK", "1x"}, {"WORLD_SIZE", "4"}}, "RANK = \"1x\""},
                 {{{"RANK", "0"}, {"WORLD_SIZE", "0"}}, "WORLD_SIZE = \"0\""},
                 {{{"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_PORT", "70000"}}, "MASTER_PORT = \"70000\""}}) {
            const auto text = error_text([&] { with(variables); });
            QVERIFY2(text.find(named) != std::string::npos, text.c_str());
        }
    }

    void hostsOfSlurmLists() {
        for (const auto& [list, host] : std::map<std::string, std::string>{{"node003", "node003"},
                                                                           {"a,b", "a"},
                                                                           {"node[003-005,9],login", "node003"},
                                                                           {"login,node[1-2]", "login"},
                                                                           {"gpu[7]", "gpu7"}}) {
            QCOMPARE(first_host(list), host);
        }
    }

    void sharesCoverEverythingOnceInWholePieces() {
        for (const int64_t count : {0, 1, 7, 16, 100, 1001}) {
            for (const int size : {1, 2, 3, 4, 8}) {
                for (const int64_t piece : {1, 4, 16}) {
                    int64_t next = 0, most = 0, least = count;
                    for (int rank = 0; rank < size; ++rank) {
                        const auto share = share_of(count, rank, size, piece);
                        QCOMPARE(share.begin, next);
                        QVERIFY(share.size() >= 0);
                        QVERIFY(share.begin % piece == 0 || share.begin == count);
                        next = share.end;
                        most = std::max(most, share.size());
                        least = std::min(least, share.size());
                    }
                    QCOMPARE(next, count);
                    QVERIFY(most - least <= 2 * piece - 1);
                }
            }
        }
    }
};

REST_TEST(TestMembership)
#include "test_membership.moc"
