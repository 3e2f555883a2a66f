// OGC API – Features (OGC 17-069r4 Part 1: Core; 18-058r1 Part 2: Coordinate Reference Systems):
// what requests mean, and how positions are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cell.h"
#include "core/json.h"
#include "core/time.h"
#include "domain/registers/api.h"
#include "net/http.h"

namespace linli::gateways::ogc {

// Coordinate systems in which positions are asked for and answered.
enum class Crs { crs84, epsg4326, epsg3857 };
inline constexpr std::string_view kCrsUris[] = {"http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                                                "http://www.opengis.net/def/crs/EPSG/0/4326",
                                                "http://www.opengis.net/def/crs/EPSG/0/3857"};
std::string_view uri_of(Crs crs);
// Refuses `ogc.bad_parameter` at /crs or /bbox-crs.
Result<Crs> read_crs(std::string_view name, std::string_view uri);

// x and y in the order of the system's axes: latitude first in EPSG:4326.
void write_position(json::Writer& out, cell::Position at, Crs crs);

// minx,miny,maxx,maxy, or with heights six numbers. Refuses `ogc.bad_parameter` at /bbox.
Result<registers::Box> read_box(std::string_view text, Crs crs);

// An instant, or two joined by "/", each of them "..", empty or RFC 3339 (a date is its whole day).
// Refuses `ogc.bad_parameter` at /datetime.
struct Interval {
  std::optional<time::Instant> from;
  std::optional<time::Instant> to;
};
Result<Interval> read_interval(std::string_view text);

// What a request for items asks; parameters that the standard does not name are filters on fields.
inline constexpr int64_t kDefaultLimit = 100;
inline constexpr int64_t kMostItems = 1000;
struct Asked {
  registers::FeatureQuery query;
  Crs crs = Crs::crs84;
  std::string cursor;  // as it was given, unread
};
// Refuses `ogc.bad_parameter`; a limit beyond the most is the most.
Result<Asked> read_asked(const net::Request& request);

}  // namespace linli::gateways::ogc
