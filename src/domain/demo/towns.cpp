#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/demo/random.h"
#include "domain/demo/settlements.h"

namespace linli::demo {

Towns::Towns(const json::Value& content)
    : block_{at(content, "block").as_array().at(0).as_number(),
             at(content, "block").as_array().at(1).as_number()},
      land_a_person_(at(content, "land_a_person").as_number()),
      uneven_(at(content, "uneven").as_number()),
      avenue_every_(whole_at(content, "avenue_every")),
      setback_(at(content, "setback").as_number()),
      passage_(at(content, "passage").as_number()),
      avenue_kmh_(whole_at(content, "speed_kmh.avenue")),
      street_kmh_(whole_at(content, "speed_kmh.street")) {}

// The same for all who ask: a little off the regular pattern.
Spot Towns::crossing(Block at) const {
  Random random(static_cast<uint64_t>(at.first), static_cast<uint64_t>(at.second));
  const auto off = [&] { return random.between(-uneven_, uneven_); };
  return {(static_cast<double>(at.first) + off()) * block_.x,
          (static_cast<double>(at.second) + off()) * block_.y};
}

geo::Node Towns::node(Block at, Drawing& drawing) {
  const auto [known, is_new] = county_->nodes.try_emplace(at);
  if (is_new) known->second = drawing.add_node(county_->frame.point(crossing(at)));
  return known->second;
}

void Towns::street(Block from, Block to, Drawing& drawing) {
  if (!county_->streets.emplace(from, to).second) return;
  const int64_t line = from.first == to.first ? from.first : from.second;
  const bool avenue = line % avenue_every_ == 0;
  drawing.add_street(node(from, drawing), node(to, drawing),
                     avenue ? geo::StreetKind::secondary : geo::StreetKind::residential,
                     avenue ? avenue_kmh_ : street_kmh_);
}

double Towns::reach_of(const Ground& ground) const {
  return std::sqrt(ground.persons * land_a_person_ / std::numbers::pi);
}

// As near to the town as its area allows: the areas are far wider than what is built up, and the
// communities of a town adjoin.
places::Point Towns::middle_of(const Ground& ground) const {
  constexpr int kSteps = 40;
  const Frame frame(ground.town);
  const Spot centre = frame.spot(places::centre_of(ground.area));
  for (int step = 0; step < kSteps; ++step) {
    const double share = static_cast<double>(step) / kSteps;
    if (!places::contains(ground.area, frame.point(centre * share))) continue;
    const double inwards = step == 0 ? 0 : reach_of(ground) / std::max(1.0, length_of(centre));
    return frame.point(centre * std::min(1.0, share + inwards));
  }
  return places::centre_of(ground.area);
}

// Those around the centre that its persons need, within its area and next to each other.
std::vector<Towns::Block> Towns::blocks_of(const Ground& ground, Spot centre) const {
  const double reach = reach_of(ground);
  const auto middle = [&](Block block) {
    return Spot{(static_cast<double>(block.first) + 0.5) * block_.x,
                (static_cast<double>(block.second) + 0.5) * block_.y};
  };
  const Block first{std::llround(std::floor(centre.x / block_.x)),
                    std::llround(std::floor(centre.y / block_.y))};
  std::vector<Block> found{first};
  for (size_t next = 0; next < found.size(); ++next) {
    const auto [x, y] = found[next];
    for (const Block& beside : {Block{x + 1, y}, {x - 1, y}, {x, y + 1}, {x, y - 1}}) {
      if (length_of(middle(beside) - centre) > reach) continue;
      if (std::find(found.begin(), found.end(), beside) != found.end()) continue;
      if (!places::contains(ground.area, county_->frame.point(middle(beside)))) continue;
      found.push_back(beside);
    }
  }
  // Row by row, there and back: what is numbered next lies next.
  std::sort(found.begin(), found.end(), [](Block a, Block b) {
    if (a.second != b.second) return a.second < b.second;
    return a.second % 2 == 0 ? a.first < b.first : a.first > b.first;
  });
  return found;
}

Settlement Towns::lay(Random& random, const Ground& ground, Drawing& drawing) {
  const places::Point middle = middle_of(ground);
  const region::Code county = ground.village.at(region::Level::county);
  if (!county_ || county_->code != county) county_.emplace(County{county, Frame(middle), {}, {}});
  const Frame& frame = county_->frame;
  const Spot centre = frame.spot(middle);
  Settlement made;
  for (const Block& block : blocks_of(ground, centre)) {
    const auto [x, y] = block;
    const std::vector<Block> corners{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}};
    street(corners[0], corners[1], drawing);
    street(corners[1], corners[2], drawing);
    street(corners[3], corners[2], drawing);
    street(corners[0], corners[3], drawing);
    for (size_t i = 0; i < corners.size(); ++i) {
      const Spot from = crossing(corners[i]);
      const Spot along = crossing(corners[(i + 1) % corners.size()]) - from;
      const Spot inwards = aside(along, setback_);
      made.frontage.add(frame.point(from + along * 0.1 + inwards),
                        frame.point(from + along * 0.9 + inwards), length_of(along) * 0.8);
      made.nodes.push_back(node(corners[i], drawing));
    }
    if (random.chance(passage_)) {
      drawing.add_street(node(corners[0], drawing), node(corners[2], drawing),
                         geo::StreetKind::path, 0);
    }
  }
  const geo::Location at = location_of(middle);
  const auto distance = [&](geo::Node node) {
    return geo::distance_m(drawing.data().nodes[node], at);
  };
  std::iter_swap(made.nodes.begin(), std::min_element(made.nodes.begin(), made.nodes.end(),
                                                      [&](geo::Node a, geo::Node b) {
                                                        return distance(a) < distance(b);
                                                      }));
  return made;
}

}  // namespace linli::demo
