#include "domain/gateways/ogc.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "core/text.h"

namespace linli::gateways::ogc {
namespace {

constexpr double kEarthRadius = 6'378'137;  // of EPSG:3857, metres

auto bad(std::string_view name, std::string expected) {
  return refuse_fields({{"/" + std::string(name), "field.format", std::move(expected)}},
                       "ogc.bad_parameter");
}

double metres(double spot) {
  return (spot - 0.5) * 2 * std::numbers::pi * kEarthRadius;
}

double spot(double metres) {
  return metres / (2 * std::numbers::pi * kEarthRadius) + 0.5;
}

std::optional<double> read_number(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

cell::Position from(double x, double y, Crs crs) {
  if (crs == Crs::epsg4326) return {y, x};
  if (crs == Crs::epsg3857) return cell::unproject({spot(x), 1 - spot(y)});
  return {x, y};
}

// The first or the last moment of what a text names.
Result<std::optional<time::Instant>> read_end(std::string_view text, bool first) {
  if (text.empty() || text == "..") return std::optional<time::Instant>();
  if (const auto instant = time::parse(text)) return std::optional(*instant);
  const auto date = time::parse_date(text);
  if (!date) return bad("datetime", "2025-01-31T08:30:00Z, 2025-01-31, an interval with /");
  return std::optional(first ? time::start_of(*date)
                             : time::start_of(time::add_days(*date, 1)) - 1);
}

}  // namespace

std::string_view uri_of(Crs crs) {
  return kCrsUris[static_cast<size_t>(crs)];
}

Result<Crs> read_crs(std::string_view name, std::string_view uri) {
  if (uri.empty()) return Crs::crs84;
  const auto at = std::find(std::begin(kCrsUris), std::end(kCrsUris), uri);
  if (at == std::end(kCrsUris)) return bad(name, std::string(kCrsUris[0]));
  return static_cast<Crs>(at - std::begin(kCrsUris));
}

void write_position(json::Writer& out, cell::Position at, Crs crs) {
  out.begin_array();
  if (crs == Crs::crs84) out.value(at.lon).value(at.lat);
  if (crs == Crs::epsg4326) out.value(at.lat).value(at.lon);
  if (crs == Crs::epsg3857) {
    const cell::Spot there = cell::project(at);
    const auto centimetres = [](double value) { return std::round(value * 100) / 100; };
    out.value(centimetres(metres(there.x))).value(centimetres(metres(1 - there.y)));
  }
  out.end_array();
}

Result<registers::Box> read_box(std::string_view text, Crs crs) {
  const auto wrong = [] { return bad("bbox", "minx,miny,maxx,maxy"); };
  std::vector<double> numbers;
  for (const std::string& part : text::split(text, ',')) {
    const auto number = read_number(part);
    if (!number || numbers.size() == 6) return wrong();
    numbers.push_back(*number);
  }
  if (numbers.size() == 6) numbers = {numbers[0], numbers[1], numbers[3], numbers[4]};
  if (numbers.size() != 4) return wrong();
  const cell::Position low = from(numbers[0], numbers[1], crs);
  const cell::Position high = from(numbers[2], numbers[3], crs);
  const bool on_earth = std::abs(low.lon) <= 180 && std::abs(high.lon) <= 180 &&
                        std::abs(low.lat) <= 90 && std::abs(high.lat) <= 90;
  // West of east alone may be the larger: the box then lies across 180 degrees.
  if (!on_earth || low.lat > high.lat) return wrong();
  return registers::Box{low.lon, low.lat, high.lon, high.lat};
}

Result<Interval> read_interval(std::string_view text) {
  const size_t slash = text.find('/');
  const bool two = slash != std::string_view::npos;
  const std::string_view first = text.substr(0, slash);
  const std::string_view last = two ? text.substr(slash + 1) : text;
  if (!two && (text.empty() || text == "..")) {
    return bad("datetime", "2025-01-31T08:30:00Z, 2025-01-31, an interval with /");
  }
  Interval interval{TRY(read_end(first, true)), TRY(read_end(last, false))};
  if (interval.from && interval.to && *interval.from > *interval.to) {
    return bad("datetime", "an interval whose end is not before its beginning");
  }
  return interval;
}

Result<Asked> read_asked(const net::Request& request) {
  Asked asked;
  asked.query.limit = kDefaultLimit;
  asked.crs = TRY(read_crs("crs", request.parameter("crs")));
  const Crs box_crs = TRY(read_crs("bbox-crs", request.parameter("bbox-crs")));
  for (const auto& [name, value] : request.query) {
    if (name == "crs" || name == "bbox-crs") continue;
    if (name == "bbox") {
      asked.query.box = TRY(read_box(value, box_crs));
    } else if (name == "datetime") {
      const Interval interval = TRY(read_interval(value));
      asked.query.from = interval.from;
      asked.query.to = interval.to;
    } else if (name == "limit") {
      const auto limit = read_number(value);
      if (!limit || *limit < 1 || *limit != std::floor(*limit)) {
        return bad("limit", "a whole number from 1 to " + std::to_string(kMostItems));
      }
      asked.query.limit = static_cast<int64_t>(std::min(*limit, static_cast<double>(kMostItems)));
    } else if (name == "cursor") {
      asked.cursor = value;
    } else if (name == "f") {
      if (value != "json" && value != "geojson") return bad("f", "json");
    } else {
      asked.query.equal.emplace_back(name, value);
    }
  }
  return asked;
}

}  // namespace linli::gateways::ogc
