#include "domain/siting/wire.h"

#include <cmath>

#include "core/csv.h"

namespace linli::siting {

namespace {

using json::Array;
using json::Object;
using json::Value;

std::string_view name_of(Goal goal) {
  switch (goal) {
    case Goal::least_walk:
      return "least_walk";
    case Goal::fewest_sites:
      return "fewest_sites";
    default:
      return "most_people";
  }
}

double tenth(double value) {
  return std::round(value * 10) / 10;
}

Value point_of(places::Point point) {
  return Object{{"lon", point.lon}, {"lat", point.lat}};
}

Value coverage_of(const Coverage& coverage) {
  return Object{
      {"reached", coverage.reached},
      {"mean_minutes", coverage.reached > 0 ? Value(tenth(coverage.mean_minutes)) : Value()}};
}

class Spots {
 public:
  explicit Spots(const Ground& ground) : ground_(ground) {}

  Object of(uint32_t number) const {
    const Spot& spot = ground_.spots[number];
    Object made{{"source", spot.source},
                {"id", spot.id.empty() ? Value() : Value(spot.id)},
                {"name", spot.name},
                {"kind", spot.kind.empty() ? Value() : Value(spot.kind)},
                {"place", spot.village.text()},
                {"place_name", name_of_village(spot.village)},
                {"point", point_of(spot.point)},
                {"estimate", spot.estimate}};
    if (spot.cost > 0) made.emplace_back("cost", spot.cost);
    if (spot.capacity != kUnlimited) {
      made.emplace_back("capacity", static_cast<int64_t>(spot.capacity));
    }
    return made;
  }

  Array all(const std::vector<uint32_t>& numbers) const {
    Array list;
    for (const uint32_t number : numbers) list.emplace_back(of(number));
    return list;
  }

 private:
  std::string name_of_village(region::Code code) const {
    for (const Ground::Village& village : ground_.villages) {
      if (village.code == code) return village.name;
    }
    return {};
  }
  const Ground& ground_;
};

Array opened(const Spots& spots, const Finding& finding) {
  Array list;
  for (const Chosen& site : finding.opened) {
    Object row = spots.of(site.spot);
    row.emplace_back("replaces", site.replaces ? Value(spots.of(*site.replaces)) : Value());
    row.emplace_back("persons", site.persons);
    row.emplace_back("newly_reached", site.newly_reached);
    row.emplace_back("mean_minutes", tenth(site.mean_minutes));
    row.emplace_back("lost_without", tenth(site.lost_without));
    if (site.instead) {
      Object other = spots.of(*site.instead);
      other.emplace_back("worse", tenth(site.worse_with_instead));
      row.emplace_back("instead", std::move(other));
    }
    list.emplace_back(std::move(row));
  }
  return list;
}

Value room_of(const Finding::Room& room) {
  return Object{{"before", room.before}, {"after", room.after}};
}

Array villages(const Ground& ground, const Finding& finding) {
  Array list;
  for (const Finding::Village& row : finding.villages) {
    const Ground::Village& village = ground.villages[row.number];
    Object line{{"place", village.code.text()},
                {"place_name", village.name},
                {"minutes", village.minutes ? Value(*village.minutes) : Value()},
                {"persons", village.persons},
                {"located", village.located},
                {"asked", row.persons},
                {"before", row.before},
                {"after", row.after}};
    if (finding.room) line.emplace_back("room", room_of(row.room));
    list.emplace_back(std::move(line));
  }
  return list;
}

// The answer as changes to try: the body of POST /api/v1/circles/{circle}/what-if. A facility that
// moves stays what it is; those of the sites come first, in their order.
Array trials(const Inquiry& inquiry, const Ground& ground, const Finding& finding) {
  Array list;
  for (const Chosen& site : finding.opened) {
    const Spot* from = site.replaces ? &ground.spots[*site.replaces] : nullptr;
    Object trial{{"kind", from ? from->kind : inquiry.kind},
                 {"add", point_of(ground.spots[site.spot].point)}};
    if (from != nullptr) trial.emplace_back("close", point_of(from->point));
    list.emplace_back(std::move(trial));
  }
  for (const uint32_t spot : finding.closed) {
    list.emplace_back(
        Object{{"kind", ground.spots[spot].kind}, {"close", point_of(ground.spots[spot].point)}});
  }
  return list;
}

// Numbers that no plan sets and that the answer follows from.
Array assumptions_of(const Inquiry& inquiry) {
  Array list;
  const auto add = [&](std::string_view of, const Assumption& one) {
    list.emplace_back(
        Object{{"list", of}, {"key", one.key}, {"value", one.value}, {"asked", one.asked}});
  };
  if (inquiry.most_candidates.value > 0) add("siting_setting", inquiry.most_candidates);
  if (inquiry.goal == Goal::least_walk) add("siting_setting", inquiry.beyond);
  for (const Assumption& weight : inquiry.weights) add("siting_weight", weight);
  return list;
}

// How many are new, how many move and how many go, apart from those that stay.
Value counts_of(const Finding& finding) {
  const auto moved = static_cast<int64_t>(finding.moved.size());
  return Object{{"new", static_cast<int64_t>(finding.opened.size()) - moved},
                {"moved", moved},
                {"closed", static_cast<int64_t>(finding.closed.size())},
                {"kept", static_cast<int64_t>(finding.kept.size())}};
}

Value attribution_of(const Ground& ground) {
  const circles::Way& way = *ground.ways[0];
  if (way.travel == nullptr) return {};
  const auto about = json::parse(way.file->network().about);
  return about ? Value(about->text("attribution")) : Value();
}

}  // namespace

Value answer_of(const Inquiry& inquiry, const Ground& ground, const Finding& finding) {
  const Spots spots(ground);
  int64_t candidates = 0;
  for (const Spot& spot : ground.spots) candidates += spot.standing == Standing::candidate ? 1 : 0;
  Object made{{"goal", name_of(inquiry.goal)},
              {"kind", inquiry.kind},
              {"group", inquiry.group},
              {"value", finding.value},
              {"bound", finding.bound},
              {"gap", finding.gap},
              {"stopped", finding.stopped},
              {"has_map", ground.ways[0]->travel != nullptr},
              {"attribution", attribution_of(ground)},
              {"by_distance", ground.by_distance},
              {"candidates", candidates},
              {"candidates_found", ground.candidates_found},
              {"persons", finding.persons},
              {"before", coverage_of(finding.before)},
              {"after", coverage_of(finding.after)},
              {"room", finding.room ? room_of(*finding.room) : Value()},
              {"capacity_unknown", ground.capacity_unknown},
              {"counts", counts_of(finding)},
              {"sites", opened(spots, finding)},
              {"kept", spots.all(finding.kept)},
              {"closed", spots.all(finding.closed)},
              {"villages", villages(ground, finding)},
              {"trials", trials(inquiry, ground, finding)},
              {"assumptions", assumptions_of(inquiry)}};
  return made;
}

Value geojson_of(const Value& answer) {
  Array features;
  for (const Value& site : answer.find("sites")->as_array()) {
    const Value& point = *site.find("point");
    Object properties;
    for (const auto& [name, value] : site.as_object()) {
      if (name == "point" || name == "instead") continue;
      properties.emplace_back(
          name, name == "replaces" && value.is_object() ? Value(value.text("name")) : value);
    }
    features.emplace_back(Object{
        {"type", "Feature"},
        {"geometry", Object{{"type", "Point"},
                            {"coordinates", Array{point.number("lon"), point.number("lat")}}}},
        {"properties", std::move(properties)}});
  }
  return Object{{"type", "FeatureCollection"}, {"features", std::move(features)}};
}

std::string csv_of(const Value& answer) {
  std::string text = csv::write({"name", "source", "place", "place_name", "lon", "lat", "persons",
                                 "newly_reached", "mean_minutes", "lost_without", "moved_from"});
  for (const Value& site : answer.find("sites")->as_array()) {
    const Value& point = *site.find("point");
    const Value* moved = site.find("replaces");
    const auto number = [](const Value& of, std::string_view name) {
      return json::write(Value(of.number(name)));
    };
    text += csv::write({site.text("name"), site.text("source"), site.text("place"),
                        site.text("place_name"), number(point, "lon"), number(point, "lat"),
                        number(site, "persons"), number(site, "newly_reached"),
                        number(site, "mean_minutes"), number(site, "lost_without"),
                        moved && moved->is_object() ? moved->text("name") : ""});
  }
  return text;
}

}  // namespace linli::siting
