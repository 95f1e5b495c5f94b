// SPDX-License-Identifier: GPL-3.0-or-later
// The CUDA kernels of a decoding step, run in emulation, against brute force in double.
#include "tests/support/cuda_emulation.h"

#include "core/model/cuda/beam_choice.cu"
#include "core/model/cuda/decode_attention.cu"
#include "core/model/cuda/decode_norm.cu"
#include "tests/support/test_program.h"

#include <QtTest>

#include <limits>
#include <numeric>
#include <random>

using namespace rest::model::cuda;

namespace {

constexpr float kFloatError = 2e-5f, kHalfError = 2e-2f;

template <class T>
T number(float x) {
    if constexpr (std::is_same_v<T, float>)
        return x;
    else
        return __float2bfloat16(x);
}
float value_of(float x) {
    return x;
}
float value_of(__nv_bfloat16 x) {
    return __bfloat162float(x);
}

template <class T>
struct alignas(16) Aligned {
    T values[16 / sizeof(T)];
};

/// Random numbers, aligned to 16 bytes.
template <class T>
class Numbers {
  public:
    explicit Numbers(size_t count, unsigned seed = 0, float spread = 1)
        : memory_((count * sizeof(T) + 15) / 16), count_(count) {
        std::mt19937 random(seed);
        std::normal_distribution<float> normal(0, spread);
        for (size_t i = 0; i < count; ++i) at(i) = number<T>(normal(random));
    }
    T* data() { return memory_[0].values; }
    T& at(size_t i) { return data()[i]; }
    double operator[](size_t i) { return value_of(at(i)); }
    size_t size() const { return count_; }

  private:
    std::vector<Aligned<T>> memory_;
    size_t count_;
};

/// Attention of `query` over keys and values at given positions, in double.
std::vector<double> attend(const std::vector<double>& query, int tokens, const std::function<double(int, int)>& key,
                           const std::function<double(int, int)>& value) {
    std::vector<double> weight(tokens), out(kChannels, 0);
    double sum = 0;
    for (int t = 0; t < tokens; ++t) {
        double score = 0;
        for (int c = 0; c < kChannels; ++c) score += query[c] * key(t, c);
        sum += weight[t] = std::exp(score / 8);
    }
    for (int t = 0; t < tokens; ++t) {
        for (int c = 0; c < kChannels; ++c) out[c] += weight[t] / sum * value(t, c);
    }
    return out;
}

template <class T>
void check_self(int64_t length, float error) {
    constexpr int kRows = 5, kHeads = 2, kPositions = 12, kWidth = kHeads * kChannels;
    Numbers<T> joined(3 * kRows * kWidth, 1), keys(kRows * kPositions * kWidth, 2),
        values(kRows * kPositions * kWidth, 3), out(kRows * kWidth);
    std::vector<int64_t> ancestors(kRows * kPositions);
    for (size_t i = 0; i < ancestors.size(); ++i) ancestors[i] = static_cast<int64_t>(i * 7 % kRows);
    for (int r = 0; r < kRows; ++r) ancestors[r * kPositions + length - 1] = r;
    emulation::launch({3}, 128, [&] {
        self_attention<T>({joined.data(), keys.data(), values.data(), ancestors.data(), &length, out.data(), kRows,
                           kHeads, kPositions});
    });
    for (int r = 0; r < kRows; ++r) {
        for (int h = 0; h < kHeads; ++h) {
            const auto place = [&](int t, int c) {
                return (ancestors[r * kPositions + t] * kPositions + t) * kWidth + h * kChannels + c;
            };
            std::vector<double> query(kChannels);
            for (int c = 0; c < kChannels; ++c) {
                query[c] = joined[r * 3 * kWidth + h * kChannels + c];
                QCOMPARE(keys[place(length - 1, c)], joined[r * 3 * kWidth + kWidth + h * kChannels + c]);
                QCOMPARE(values[place(length - 1, c)], joined[r * 3 * kWidth + 2 * kWidth + h * kChannels + c]);
            }
            const auto wanted = attend(
                query, static_cast<int>(length), [&](int t, int c) { return keys[place(t, c)]; },
                [&](int t, int c) { return values[place(t, c)]; });
            for (int c = 0; c < kChannels; ++c)
                QVERIFY(std::abs(out[r * kWidth + h * kChannels + c] - wanted[c]) < error);
        }
    }
}

template <class T, int kQueries>
void check_cross(int queries, int tokens, float error) {
    constexpr int kVideos = 2, kHeads = 2, kWidth = kHeads * kChannels, kToken = 2 * kWidth;  // keys beside values
    const int video = tokens * kToken;
    Numbers<T> query(kVideos * queries * kWidth, 1), memory(kVideos * video, 2), out(kVideos * queries * kWidth);
    const int64_t places[2] = {reinterpret_cast<int64_t>(memory.data()),
                               reinterpret_cast<int64_t>(memory.data() + kWidth)};
    const unsigned parts = (queries + kQueries - 1) / kQueries;
    emulation::launch({kVideos, kHeads, parts}, 128, [&] {
        cross_attention<T, kQueries>(
            {query.data(), places, video, kToken, out.data(), kVideos, queries, kHeads, tokens});
    });
    for (int row = 0; row < kVideos * queries; ++row) {
        for (int h = 0; h < kHeads; ++h) {
            std::vector<double> one(kChannels);
            for (int c = 0; c < kChannels; ++c) one[c] = query[row * kWidth + h * kChannels + c];
            const auto place = [&](int t, int c) { return row / queries * video + t * kToken + h * kChannels + c; };
            const auto wanted = attend(
                one, tokens, [&](int t, int c) { return memory[place(t, c)]; },
                [&](int t, int c) { return memory[place(t, c) + kWidth]; });
            for (int c = 0; c < kChannels; ++c)
                QVERIFY(std::abs(out[row * kWidth + h * kChannels + c] - wanted[c]) < error);
        }
    }
}

template <class T, int kParts>
void check_norm(bool embedding, float error) {
    constexpr int kWidth = kParts * 256, kRows = 6;
    const int64_t length = 2, tokens[2 * kRows] = {0, 0, 0, 0, 0, 0, 3, 1, 5, 5, 0, 2};
    Numbers<T> a(kRows * kWidth, 1), b(kRows * kWidth, 2, 3), weight(kWidth, 3), bias(kWidth, 4), out(kRows * kWidth);
    const Norm norm{weight.data(), bias.data(), 1e-5f, kRows, kWidth};
    emulation::launch({2}, 128, [&] {
        norm_of_sum<T, kParts>(norm, {a.data(), b.data(), embedding ? tokens : nullptr, &length}, out.data());
    });
    for (int r = 0; r < kRows; ++r) {
        const size_t from_a = (embedding ? tokens[kRows + r] : r) * kWidth, from_b = (embedding ? 1 : r) * kWidth;
        double mean = 0, square = 0;
        for (int i = 0; i < kWidth; ++i) mean += (a[from_a + i] + b[from_b + i]) / kWidth;
        for (int i = 0; i < kWidth; ++i) square += std::pow(a[from_a + i] + b[from_b + i] - mean, 2) / kWidth;
        for (int i = 0; i < kWidth; ++i) {
            const double wanted =
                (a[from_a + i] + b[from_b + i] - mean) / std::sqrt(square + 1e-5) * weight[i] + bias[i];
            QVERIFY(std::abs(out[r * kWidth + i] - wanted) < error * std::max(1.0, std::abs(wanted)));
        }
    }
}

/// A finished hypothesis: its tokens and its score after the length penalty.
struct Caption {
    std::vector<int64_t> ids;
    double score;
};

struct Run {
    int videos, beams, vocabulary, positions, end, min_length, prompt;
    double penalty;
    std::vector<std::vector<float>> scores;  // by step: (rows, vocabulary), a function of step and row alone
    std::vector<float> bias;

    int rows() const { return videos * beams; }
};

Run random_run(int beams, int vocabulary, unsigned seed, double penalty) {
    Run run{2, beams, vocabulary, 7, 7, 4, 2, penalty, {}, {}};
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, 2);
    for (int i = 0; i < vocabulary; ++i) run.bias.push_back(normal(random));
    run.bias[run.end] += 4;  // some captions end early
    for (int s = run.prompt; s < run.positions; ++s) {
        auto& step = run.scores.emplace_back(run.rows() * vocabulary);
        for (auto& x : step) x = normal(random);
    }
    return run;
}

struct Hypothesis {
    std::vector<int64_t> ids;
    float sum;
};

/// The rules of transformers' search of random scores, on whole lists, token by token.
Caption brute_force(const Run& run, int video) {
    std::vector<Hypothesis> running = {{std::vector<int64_t>(run.prompt, 1), 0}};
    std::vector<Caption> finished;
    for (int length = run.prompt; length < run.positions; ++length) {
        struct Next {
            float sum;
            int beam, token;
        };
        std::vector<Next> all;
        for (int b = 0; b < static_cast<int>(running.size()); ++b) {
            const int row = static_cast<int>(running.size()) == 1 && run.beams > 1 && length == run.prompt
                                ? video
                                : video * run.beams + b;
            const float* scores = run.scores[length - run.prompt].data() + row * run.vocabulary;
            double sum = 0;
            for (int i = 0; i < run.vocabulary; ++i) sum += std::exp(double{scores[i]} + run.bias[i]);
            for (int i = 0; i < run.vocabulary; ++i) {
                if (i == run.end && length < run.min_length) continue;
                all.push_back({static_cast<float>(scores[i] + run.bias[i] - std::log(sum)) + running[b].sum, b, i});
            }
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& x, const auto& y) { return x.sum > y.sum; });
        std::vector<Hypothesis> next;
        const bool last = length + 1 >= run.positions;
        const double divisor = std::pow(length + 1 - run.prompt, run.penalty);
        for (int rank = 0; rank < 2 * run.beams; ++rank) {
            auto ids = running[all[rank].beam].ids;
            ids.push_back(all[rank].token);
            if (last || all[rank].token == run.end) {
                if (rank < run.beams) finished.push_back({ids, all[rank].sum / divisor});
            } else if (static_cast<int>(next.size()) < run.beams) {
                next.push_back({ids, all[rank].sum});
            }
        }
        std::stable_sort(finished.begin(), finished.end(),
                         [](const auto& x, const auto& y) { return x.score > y.score; });
        if (static_cast<int>(finished.size()) > run.beams) finished.resize(run.beams);
        const bool full = static_cast<int>(finished.size()) == run.beams;
        if (last || (full && (run.beams == 1 || next[0].sum / divisor <= finished.back().score))) break;
        running = std::move(next);
    }
    return finished[0];
}

/// SearchTables in host memory, started as SearchTables::start() does.
struct Tables {
    int64_t length;
    std::vector<int64_t> tokens, parents, ancestors, lengths, last_parents, last_tokens;
    std::vector<float> sums;
    std::unique_ptr<bool[]> done;
    std::vector<double> scores, divisors;

    explicit Tables(const Run& r)
        : length(r.prompt),
          tokens(r.positions * r.rows(), 1),
          parents(tokens.size()),
          ancestors(tokens.size()),
          lengths(r.rows()),
          last_parents(r.rows()),
          last_tokens(r.rows()),
          sums(r.rows()),
          done(new bool[r.videos]()),
          scores(r.rows(), -1e300),
          divisors(r.positions + 1, 1) {
        for (int row = 0; row < r.rows(); ++row) {
            for (int t = 0; t < r.positions; ++t) ancestors[row * r.positions + t] = row / r.beams * r.beams;
        }
        for (int l = r.prompt + 1; l <= r.positions; ++l) divisors[l] = std::pow(l - r.prompt, r.penalty);
    }
    BeamTables view(const Run& r) {
        return {&length,         tokens.data(), parents.data(), ancestors.data(),    sums.data(),
                done.get(),      scores.data(), lengths.data(), last_parents.data(), last_tokens.data(),
                divisors.data(), r.videos,      r.beams,        r.positions};
    }
    std::vector<int64_t> trace(const Run& r, int video) const {
        const int best = video * r.beams;
        std::vector<int64_t> ids(lengths[best], 1);
        ids.back() = last_tokens[best];
        int64_t row = last_parents[best];
        for (int64_t at = lengths[best] - 2; at >= r.prompt; --at) {
            ids[at] = tokens[at * r.rows() + row];
            row = parents[at * r.rows() + row];
        }
        return ids;
    }
};

template <int kBest>
void check_search(const Run& run) {
    Tables tables(run);
    const auto view = tables.view(run);
    for (; tables.length < run.positions; ++tables.length) {
        const int running = tables.length == run.prompt ? 1 : run.beams, rows = run.videos * running;
        Numbers<float> scores(rows * run.vocabulary), bias(run.vocabulary);
        std::copy_n(run.scores[tables.length - run.prompt].begin(), scores.size(), scores.data());
        std::copy_n(run.bias.begin(), bias.size(), bias.data());
        std::vector<float> best(rows * kBest);
        std::vector<int> tokens(best.size());
        const RowChoice rows_choice{scores.data(), bias.data(),    &tables.length, best.data(), tokens.data(),
                                    rows,          run.vocabulary, run.beams,      run.end,     run.min_length};
        emulation::launch({static_cast<unsigned>(rows)}, 256, [&] { best_of_rows<kBest>(rows_choice); });
        emulation::launch({static_cast<unsigned>(run.videos)}, 32, [&] {
            best_of_videos({best.data(), tokens.data(), running, run.end, run.positions}, view);
        });
        for (int row = 0; row < run.rows(); ++row) {  // a row's history by ancestors equals that by parents
            int64_t at = row;
            for (int64_t t = tables.length; t >= run.prompt; --t) {
                QCOMPARE(tables.ancestors[row * run.positions + t], at);
                at = tables.parents[t * run.rows() + at];
            }
        }
    }
    for (int v = 0; v < run.videos; ++v) {
        const auto wanted = brute_force(run, v);
        QCOMPARE(tables.trace(run, v), wanted.ids);
        QVERIFY(std::abs(tables.scores[v * run.beams] - wanted.score) < 1e-4);
    }
}

}  // namespace

class TestDecodeKernels : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void selfAttentionFollowsTheAncestors() {
        for (const int64_t length : {1, 2, 5, 12}) check_self<float>(length, kFloatError);
        check_self<__nv_bfloat16>(11, kHalfError);
    }

    void crossAttentionSharesKeysAmongQueries() {
        check_cross<float, 1>(1, 1, kFloatError);
        check_cross<float, 3>(3, 37, kFloatError);
        check_cross<float, 4>(6, 17, kFloatError);
        check_cross<__nv_bfloat16, 2>(2, 50, kHalfError);
    }

    void sumsAreNormed() {
        check_norm<float, 3>(false, kFloatError);
        check_norm<float, 4>(true, kFloatError);
        check_norm<__nv_bfloat16, 3>(true, kHalfError);
    }

    void searchesEqualTheRules() {
        check_search<2>(random_run(1, 60, 1, 1));
        check_search<6>(random_run(3, 1100, 2, 1));
        check_search<8>(random_run(4, 33, 4, 2));
    }

    void scoresThatAreNoNumbersFinishNothing() {
        for (const float damage :
             {std::nanf(""), std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}) {
            auto run = random_run(3, 60, 6, 1);
            for (auto& step : run.scores) std::fill(step.begin(), step.end(), damage);
            Tables tables(run);
            const auto view = tables.view(run);
            for (; tables.length < run.prompt + 2; ++tables.length) {
                const int running = tables.length == run.prompt ? 1 : 3, rows = run.videos * running;
                std::vector<float> best(rows * 6);
                std::vector<int> tokens(best.size());
                const RowChoice choice{run.scores[0].data(),
                                       run.bias.data(),
                                       &tables.length,
                                       best.data(),
                                       tokens.data(),
                                       rows,
                                       60,
                                       3,
                                       run.end,
                                       run.min_length};
                emulation::launch({static_cast<unsigned>(rows)}, 256, [&] { best_of_rows<6>(choice); });
                emulation::launch({2}, 32, [&] {
                    best_of_videos({best.data(), tokens.data(), running, run.end, run.positions}, view);
                });
            }
            for (const auto length : tables.lengths) QCOMPARE(length, int64_t{0});
            for (const auto token : tables.tokens) QVERIFY(token >= 0 && token < 60);
        }
    }
};

REST_TEST(TestDecodeKernels)
#include "test_decode_kernels.moc"
