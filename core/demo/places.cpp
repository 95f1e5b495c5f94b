// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/places.h"

#include "core/base/random.h"

namespace rest {
namespace {

struct Ground {
    Colour sky_top, sky_bottom, top, bottom;
};

Ground ground_of(Place place) {
    switch (place) {
        case Place::park: return {{.45, .72, .95}, {.8, .92, 1}, {.45, .75, .35}, {.3, .58, .25}};
        case Place::beach: return {{.3, .65, .95}, {.75, .9, 1}, {.96, .88, .62}, {.88, .76, .48}};
        case Place::street: return {{.72, .76, .82}, {.85, .86, .9}, {.5, .5, .53}, {.38, .38, .42}};
        case Place::gym: return {{.62, .6, .7}, {.7, .68, .76}, {.82, .6, .35}, {.7, .48, .26}};
        case Place::room: return {{.95, .85, .72}, {.98, .9, .8}, {.6, .42, .32}, {.48, .32, .24}};
        case Place::snow: return {{.6, .72, .86}, {.85, .9, .96}, {.97, .98, 1}, {.86, .9, .97}};
    }
    return {};
}

void tree(Painter& p, double x, double foot, double size) {
    p.rectangle(x - size * .06, foot - size * .4, size * .12, size * .4, {.42, .28, .15});
    p.disc({x, foot - size * .55}, size * .27, {.2, .5, .2});
    p.disc({x - size * .17, foot - size * .42}, size * .2, {.24, .56, .24});
    p.disc({x + size * .17, foot - size * .42}, size * .2, {.24, .56, .24});
}

void fir(Painter& p, double x, double foot, double size) {
    p.polygon({{x, foot - size}, {x + size * .3, foot}, {x - size * .3, foot}}, {.2, .42, .36});
    p.polygon({{x, foot - size}, {x + size * .12, foot - size * .6}, {x - size * .12, foot - size * .6}}, {1, 1, 1});
}

void details(Painter& p, const SceneSpec& s, double half, double horizon) {
    Random random(s.decoration);
    const double x = random.uniform(-.8, .8) * half, other = random.uniform(-.8, .8) * half;
    switch (s.place) {
        case Place::park:
            tree(p, x, horizon + .03, .45);
            tree(p, other, horizon + .02, .36);
            break;
        case Place::beach:
            p.rectangle(-half, horizon - .1, 2 * half, .11, {.1, .5, .8});
            p.disc({x, .16}, .09, {1, .92, .4});
            p.polygon({{other, horizon - .2}, {other, horizon - .08}, {other + .08, horizon - .08}}, {1, 1, 1});
            break;
        case Place::street:
            for (int i = -2; i < 3; ++i) {
                const double top = random.uniform(.08, .3), left = i * half * .45 - .1 + x * .1;
                const double tone = random.uniform(.45, .7);
                p.rectangle(left, top, half * .42, horizon - top, {tone, tone * .85, tone * .8});
                for (double y = top + .05; y < horizon - .08; y += .11) p.rectangle(left + .05, y, half * .3, .045, {.95, .9, .6});
            }
            p.rectangle(-half, horizon + .1, 2 * half, .012, {.95, .9, .6});
            break;
        case Place::gym:
            p.rectangle(-half, horizon - .26, 2 * half, .05, {.85, .3, .3});
            for (int i = -3; i < 4; ++i) p.rectangle(i * .3 + x * .2, .06, .03, horizon - .1, {.5, .48, .58});
            break;
        case Place::room:
            p.rectangle(x - .16, .1, .32, .28, {1, 1, 1});
            p.rectangle(x - .14, .12, .28, .24, {.55, .78, .95});
            p.rectangle(other - .2, horizon - .17, .4, .2, {.3, .45, .5});
            p.rectangle(other - .2, horizon - .27, .4, .12, {.25, .38, .44});
            break;
        case Place::snow:
            p.polygon({{x - .5, horizon}, {x, .12}, {x + .5, horizon}}, {.55, .62, .75});
            p.polygon({{x - .13, .25}, {x, .12}, {x + .13, .25}}, {1, 1, 1});
            fir(p, other, horizon + .03, .34);
            for (int i = 0; i < 24; ++i) p.disc({random.uniform(-half, half), random.uniform()}, .008, {1, 1, 1});
            break;
    }
}

}  // namespace

void draw_place(Painter& p, const SceneSpec& s, double aspect, double horizon) {
    const double half = aspect / 2 + .1;
    const auto g = ground_of(s.place);
    p.gradient(-half, -.1, 2 * half, horizon + .1, g.sky_top, g.sky_bottom);
    p.gradient(-half, horizon, 2 * half, 1.15 - horizon, g.top, g.bottom);
    details(p, s, half, horizon);
}

}  // namespace rest
