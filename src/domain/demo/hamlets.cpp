#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/demo/settlements.h"

namespace linli::demo {
namespace {

constexpr double kCloser = 0.75;  // until a hamlet lies in its village
constexpr int kTries = 8;

Spot towards(double direction, double metres) {
  return {metres * std::cos(direction), metres * std::sin(direction)};
}

}  // namespace

Hamlets::Hamlets(const json::Value& content)
    : number_(span_of(at(content, "hamlets"))),
      apart_(span_of(at(content, "apart"))),
      main_street_(span_of(at(content, "main_street"))),
      lane_(span_of(at(content, "lane"))),
      lanes_apart_(span_of(at(content, "lanes_apart"))),
      setback_(at(content, "setback").as_number()),
      street_kmh_(whole_at(content, "speed_kmh.street")),
      lane_kmh_(whole_at(content, "speed_kmh.lane")) {}

void Hamlets::front(const Frame& frame, Spot from, Spot to, Frontage& frontage) const {
  const Spot along = to - from;
  for (const double side : {setback_, -setback_}) {
    frontage.add(frame.point(from + aside(along, side)), frame.point(to + aside(along, side)),
                 length_of(along));
  }
}

geo::Node Hamlets::lay_hamlet(Random& random, const Frame& frame, Spot middle, Settlement& made,
                              Drawing& drawing) const {
  const double direction = random.between(0.0, 2 * std::numbers::pi);
  const double length = main_street_.pick(random);
  const Spot start = middle + towards(direction, -length / 2);
  const auto node_at = [&](Spot spot) {
    made.nodes.push_back(drawing.add_node(frame.point(spot)));
    return made.nodes.back();
  };
  Spot at = start;
  geo::Node last = node_at(at);
  geo::Node nearest = last;
  double nearest_m = length;
  const int64_t pieces = std::llround(std::max(1.0, length / lanes_apart_.pick(random)));
  for (int64_t i = 1; i <= pieces; ++i) {
    const Spot next =
        start + towards(direction, length * static_cast<double>(i) / static_cast<double>(pieces));
    const geo::Node here = node_at(next);
    drawing.add_street(last, here, geo::StreetKind::residential, street_kmh_);
    front(frame, at, next, made.frontage);
    if (i < pieces) {
      const double turn = (random.chance(0.5) ? 0.5 : -0.5) * std::numbers::pi;
      const Spot end = next + towards(direction + turn, lane_.pick(random));
      drawing.add_street(here, node_at(end), geo::StreetKind::service, lane_kmh_);
      front(frame, next, end, made.frontage);
    }
    if (const double away = length_of(next - middle); away < nearest_m) {
      nearest = here;
      nearest_m = away;
    }
    last = here;
    at = next;
  }
  return nearest;
}

Settlement Hamlets::lay(Random& random, const Ground& ground, int64_t least,
                        Drawing& drawing) const {
  const places::Point centre = places::centre_of(ground.area);
  const Frame frame(centre);
  Settlement made;
  const int64_t hamlets = std::max(least, number_.pick_whole(random));
  const geo::Node middle = lay_hamlet(random, frame, {}, made, drawing);
  const double in_centre = made.frontage.metres();
  const double turn = random.between(0.0, 2 * std::numbers::pi);
  for (int64_t i = 1; i < hamlets; ++i) {
    const double direction = turn + 2 * std::numbers::pi *
                                        (static_cast<double>(i) + random.between(-0.3, 0.3)) /
                                        static_cast<double>(hamlets - 1);
    double away = apart_.pick(random);
    for (int left = kTries;
         left > 0 && !places::contains(ground.area, frame.point(towards(direction, away))); --left)
      away *= kCloser;
    const Spot spot = towards(direction, away);
    const std::vector<geo::Node> laid = made.nodes;
    const geo::Node own = lay_hamlet(random, frame, spot, made, drawing);
    const auto distance = [&](geo::Node node) {
      return geo::distance_m(drawing.data().nodes[node], drawing.data().nodes[own]);
    };
    const geo::Node to = *std::min_element(laid.begin(), laid.end(), [&](geo::Node a, geo::Node b) {
      return distance(a) < distance(b);
    });
    drawing.add_street(own, to, geo::StreetKind::residential, street_kmh_);
  }
  made.frontage.centre = in_centre / made.frontage.metres();
  std::iter_swap(made.nodes.begin(), std::find(made.nodes.begin(), made.nodes.end(), middle));
  return made;
}

}  // namespace linli::demo
