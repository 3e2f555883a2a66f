// Positions of Chinese base maps. Linli keeps WGS-84; GCJ-02 (maps published in China) and BD-09
// (Baidu's) are shifted by some hundred metres and are converted where they come in or go out.
//
// GCJ-02 is not published; the formula is the one that everybody uses (EvilTransform), exact to
// about a metre within China and no shift outside of it. Back to WGS-84 it is solved by iteration,
// so that there and back is the same to a centimetre.
#pragma once

#include <optional>
#include <string_view>

#include "core/cell.h"

namespace linli::datum {

enum class Datum { wgs84, gcj02, bd09 };

// wgs84, GCJ-02, bd09 …: in any case, with or without hyphens. None: no such.
std::optional<Datum> named(std::string_view name);
std::string_view name_of(Datum datum);  // WGS-84, GCJ-02, BD-09

cell::Position to_wgs84(cell::Position at, Datum from);
cell::Position from_wgs84(cell::Position at, Datum to);

}  // namespace linli::datum
