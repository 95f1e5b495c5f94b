// SPDX-License-Identifier: GPL-3.0-or-later
// Linked with LibTorch and then with oneDNN: 0 when oneDNN multiplies there. Some official builds of LibTorch hide
// their own oneDNN's functions but not all that its templates leave in the library; the loader then hands ours some of
// theirs.
#include <vector>

extern "C" int dnnl_sgemm(char, char, long, long, long, float, const float*, long, const float*, long, float, float*,
                          long);

int main() {
    constexpr long kSide = 96;
    const std::vector<float> ones(kSide * kSide, 1.F);
    std::vector<float> product(kSide * kSide);
    if (dnnl_sgemm('N', 'N', kSide, kSide, kSide, 1, ones.data(), kSide, ones.data(), kSide, 0, product.data(),
                   kSide) != 0)
        return 1;
    for (const float value : product) {
        if (value != kSide) return 1;
    }
    return 0;
}
