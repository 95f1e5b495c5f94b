// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/random.h"
#include "core/text/bpe_merges.h"
#include "core/text/byte_symbols.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::text;
using Ids = std::vector<int64_t>;

namespace {

struct Rule {
    int64_t left, right, merged;
};

// The definition, literally: apply the earliest rule that matches anywhere, at its leftmost position, until none does.
Ids merged_by_definition(Ids symbols, const std::vector<Rule>& rules) {
    for (size_t rule = 0; rule < rules.size();) {
        const auto& [left, right, merged] = rules[rule];
        size_t at = 0;
        while (at + 1 < symbols.size() && !(symbols[at] == left && symbols[at + 1] == right)) ++at;
        if (at + 1 >= symbols.size()) {
            ++rule;
            continue;
        }
        symbols[at] = merged;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        rule = 0;
    }
    return symbols;
}

}  // namespace

class TestBpeMerges : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void earlierMergesWin() {
        BpeMerges merges;
        QVERIFY(merges.add(1, 2, 10));
        QVERIFY(merges.add(0, 1, 11));
        QVERIFY(!merges.add(1, 2, 12));
        Ids symbols{0, 1, 2, 0, 1};
        merges.apply(symbols);
        QCOMPARE(symbols, (Ids{0, 10, 11}));
    }

    void equalMergesGoFromTheLeft() {
        BpeMerges merges;
        merges.add(0, 0, 1);
        Ids symbols{0, 0, 0};
        merges.apply(symbols);
        QCOMPARE(symbols, (Ids{1, 0}));
    }

    void agreesWithTheDefinition() {
        for (uint64_t seed = 0; seed < 300; ++seed) {
            Random random(seed);
            BpeMerges merges;
            std::vector<Rule> rules;
            for (int64_t id = 3; id < 20; ++id) {
                const auto known = static_cast<uint32_t>(id);
                const Rule rule{random.below(known), random.below(known),
                                random.chance(0.8) ? id : random.below(known)};
                if (merges.add(rule.left, rule.right, rule.merged)) rules.push_back(rule);
            }
            Ids symbols(1 + random.below(40));
            for (auto& symbol : symbols) symbol = random.below(3);
            const Ids wanted = merged_by_definition(symbols, rules);
            merges.apply(symbols);
            QCOMPARE(symbols, wanted);
        }
    }

    void nothingStaysNothing() {
        Ids symbols;
        BpeMerges().apply(symbols);
        QVERIFY(symbols.empty());
    }

    void everyByteHasItsSymbol() {
        for (size_t byte = 0; byte < 256; ++byte) {
            QCOMPARE(bytes_of_symbols(byte_symbols()[byte]), std::string(1, static_cast<char>(byte)));
        }
        QCOMPARE(byte_symbols()['a'], std::string("a"));
        QCOMPARE(byte_symbols()[' '], std::string("Ġ"));
        QCOMPARE(byte_symbols()[0xAD], std::string("Ń"));
        QVERIFY(!bytes_of_symbols("a b"));
        QVERIFY(!bytes_of_symbols("我"));
        QCOMPARE(int{bytes_in_vocabulary_order().front()}, int{'!'});
        QCOMPARE(int{bytes_in_vocabulary_order().back()}, 0xAD);
    }
};

REST_TEST(TestBpeMerges)
#include "test_bpe_merges.moc"
