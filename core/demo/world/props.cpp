// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/world/props.h"

#include "core/demo/world/prop_arts.h"

namespace rest::demo {

const PropArt& art_of(Prop prop) {
    switch (prop) {
        case Prop::violin:
            return kViolinArt;
        case Prop::barbell:
            return kBarbellArt;
        case Prop::boat:
            return kBoatArt;
        case Prop::balls:
            return kBallsArt;
        case Prop::ladder:
            return kLadderArt;
        case Prop::football:
            return kFootballArt;
        case Prop::mat:
            return kMatArt;
        case Prop::trampoline:
            return kTrampolineArt;
        case Prop::drums:
            return kDrumsArt;
        case Prop::frisbee:
            return kFrisbeeArt;
        case Prop::bicycle:
            return kBicycleArt;
        case Prop::rope:
            return kRopeArt;
        case Prop::hammer:
            return kHammerArt;
        case Prop::broom:
            return kBroomArt;
        case Prop::roller:
            return kRollerArt;
        case Prop::guitar:
            return kGuitarArt;
        case Prop::kite:
            return kKiteArt;
        case Prop::dog:
            return kDogArt;
        case Prop::basketball:
            return kBasketballArt;
        case Prop::bat:
            return kBatArt;
        case Prop::hoop:
            return kHoopArt;
        case Prop::bag:
            return kBagArt;
        case Prop::shovel:
            return kShovelArt;
        case Prop::skateboard:
            return kSkateboardArt;
    }
    return kMatArt;
}

}  // namespace rest::demo
