#include "domain/demo/streets.h"

#include <algorithm>
#include <cmath>

#include "core/json.h"
#include "engine/geo/network_build.h"

namespace linli::demo {
namespace {

places::Point point_of(geo::Location at) {
  return {at.lon * 1e-7, at.lat * 1e-7};
}

bool is_synthetic(const geo::Network& network) {
  const auto about = json::parse(network.about);
  return about && about->flag("synthetic");
}

// Houses stand at streets on which one both walks and lives.
bool has_houses(const geo::Street& street) {
  return (street.uses & geo::use_bits(geo::Mode::walk)) != 0 &&
         street.kind >= geo::StreetKind::tertiary && street.kind <= geo::StreetKind::service;
}

}  // namespace

Streets::Streets(const json::Value& content, std::string path)
    : path_(std::move(path)),
      attribution_(at(content, "attribution").as_string()),
      towns_(at(content, "urban")),
      hamlets_(at(content, "rural")),
      winding_(both_numbers(at(content, "roads.winding"))),
      piece_(at(content, "roads.piece").as_number()),
      road_kmh_(both_numbers(at(content, "roads.speed_kmh"))) {
  Result<geo::NetworkFile> file = geo::NetworkFile::open(path_);
  if (!file || is_synthetic(file->network())) return;
  map_ = std::move(*file);
  const geo::Network& network = map_->network();
  for (uint32_t i = 0; i < network.streets.size(); ++i) {
    const geo::Street& street = network.streets[i];
    if (has_houses(street)) by_lat_.emplace(network.nodes[street.ends[0]].lat, i);
  }
}

Frontage Streets::of(Random& random, const Ground& ground, int64_t hamlets) {
  if (Frontage found = imported(ground); !found.empty()) return found;
  Settlement laid = ground.urban ? towns_.lay(random, ground, drawing_)
                                 : hamlets_.lay(random, ground, hamlets, drawing_);
  places_.push_back({ground.village, ground.urban, std::move(laid.nodes)});
  return std::move(laid.frontage);
}

Frontage Streets::imported(const Ground& ground) const {
  Frontage found;
  if (!map_) return found;
  int32_t low = INT32_MAX;
  int32_t high = INT32_MIN;
  for (const places::Ring& ring : ground.area) {
    for (const places::Point& point : ring) {
      low = std::min(low, location_of(point).lat);
      high = std::max(high, location_of(point).lat);
    }
  }
  const geo::Network& network = map_->network();
  for (auto at = by_lat_.lower_bound(low); at != by_lat_.end() && at->first <= high; ++at) {
    const geo::Street& street = network.streets[at->second];
    const places::Point from = point_of(network.nodes[street.ends[0]]);
    const places::Point to = point_of(network.nodes[street.ends[1]]);
    if (street.bend_count > 0 || !places::contains(ground.area, from)) continue;
    found.add(from, to, street.length_dm / 10.0);
  }
  return found;
}

void Streets::add_door(places::Point point, int64_t levels) {
  if (!map_) drawing_.add_door(point, levels);
}

std::vector<places::Point> Streets::bends(Random& random, places::Point from, places::Point to,
                                          bool urban) const {
  const Frame frame(from);
  const Spot whole = frame.spot(to);
  const int64_t pieces = std::clamp<int64_t>(std::llround(length_of(whole) / piece_), 1, 1000);
  std::vector<places::Point> made;
  for (int64_t i = 1; i < pieces; ++i) {
    const Spot on_line = whole * (static_cast<double>(i) / static_cast<double>(pieces));
    const double swing = piece_ * winding_.of(urban) * random.between(-1.0, 1.0);
    made.push_back(frame.point(on_line + aside(whole, swing)));
  }
  return made;
}

// From the node of each that is nearest to the other's middle.
void Streets::add_road(Random& random, const Place& from, const Place& to) {
  const auto end = [&](const Place& here, const Place& there) {
    const geo::Location middle = drawing_.data().nodes[there.nodes.front()];
    const auto distance = [&](geo::Node node) {
      return geo::distance_m(drawing_.data().nodes[node], middle);
    };
    return *std::min_element(here.nodes.begin(), here.nodes.end(),
                             [&](geo::Node a, geo::Node b) { return distance(a) < distance(b); });
  };
  const geo::Node first = end(from, to);
  const geo::Node last = end(to, from);
  if (first == last) return;  // their streets meet
  const bool urban = from.urban && to.urban;
  drawing_.add_street(first, last, urban ? geo::StreetKind::secondary : geo::StreetKind::tertiary,
                      std::llround(road_kmh_.of(urban)),
                      bends(random, point_of(drawing_.data().nodes[first]),
                            point_of(drawing_.data().nodes[last]), urban));
}

void Streets::add_roads(Random& random) {
  const Frame frame(point_of(drawing_.data().nodes[places_.front().nodes.front()]));
  std::vector<Seat> seats;
  for (const Place& place : places_) {
    seats.push_back(
        {place.village, frame.spot(point_of(drawing_.data().nodes[place.nodes.front()]))});
  }
  for (const auto& [from, to] : roads_between(seats)) add_road(random, places_[from], places_[to]);
}

std::string Streets::about(time::Date date) const {
  json::Writer out;
  out.begin_object();
  out.member("source", "linli demo");
  out.member("date", time::format_date(date));
  out.member("synthetic", true);
  out.member("attribution", attribution_);
  return out.end_object().take();
}

Done Streets::write(uint64_t seed, time::Date date) {
  if (map_ || places_.empty()) return {};
  Random random(seed);
  add_roads(random);
  geo::NetworkData data = drawing_.take();
  data.about = about(date);
  const geo::NetworkData built =
      TRY(geo::build_network(std::move(data), [](double) { return true; }));
  return geo::write_network(built.view(), path_);
}

}  // namespace linli::demo
