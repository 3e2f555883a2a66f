// How places look on the wire, and the shapes that say so.
#pragma once

#include <vector>

#include "core/json.h"
#include "core/shape.h"
#include "domain/places/atlas.h"
#include "domain/places/search.h"
#include "domain/places/types.h"

namespace linli::places {

void write(json::Writer& out, const Place& place, const std::vector<Reference>& above);
void write_summary(json::Writer& out, const Place& place);
void write(json::Writer& out, const Hit& hit);
void write(json::Writer& out, const HistoryItem& item);
void write(json::Writer& out, const Cell& cell);  // a GeoJSON feature

shape::Shape place_shape();
shape::Shape summary_shape();
shape::Shape hit_shape();
shape::Shape history_shape();

}  // namespace linli::places
