// SPDX-License-Identifier: GPL-3.0-or-later
// Linked with LibTorch and then with oneDNN: returns 0 if oneDNN multiplies correctly. Some official builds of LibTorch
// hide the functions of their own oneDNN but not all symbols of its templates; the loader then resolves some of ours to
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
