#include "engine/geo/osm_tags.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <optional>

namespace linli::geo {

namespace {

using std::string_view;

bool is_one_of(string_view value, std::initializer_list<string_view> words) {
  return std::find(words.begin(), words.end(), value) != words.end();
}
bool grants(string_view value) {
  return is_one_of(value, {"yes", "designated", "permissive", "official", "destination"});
}
bool denies(string_view value) {
  return is_one_of(value, {"no", "use_sidepath", "military", "forestry", "agricultural"});
}

// A word of `highway` with the kind of street and who may use it where nothing else is said.
struct HighwayWord {
  string_view word;
  StreetKind kind;
  bool walk;
  bool cycle;
  bool drive;
};
constexpr std::array kHighways{
    HighwayWord{"motorway", StreetKind::motorway, false, false, true},
    HighwayWord{"motorway_link", StreetKind::motorway, false, false, true},
    HighwayWord{"trunk", StreetKind::trunk, false, false, true},
    HighwayWord{"trunk_link", StreetKind::trunk, false, false, true},
    HighwayWord{"primary", StreetKind::primary, true, true, true},
    HighwayWord{"primary_link", StreetKind::primary, true, true, true},
    HighwayWord{"secondary", StreetKind::secondary, true, true, true},
    HighwayWord{"secondary_link", StreetKind::secondary, true, true, true},
    HighwayWord{"tertiary", StreetKind::tertiary, true, true, true},
    HighwayWord{"tertiary_link", StreetKind::tertiary, true, true, true},
    HighwayWord{"unclassified", StreetKind::residential, true, true, true},
    HighwayWord{"residential", StreetKind::residential, true, true, true},
    HighwayWord{"road", StreetKind::residential, true, true, true},
    HighwayWord{"living_street", StreetKind::living_street, true, true, true},
    HighwayWord{"service", StreetKind::service, true, true, true},
    HighwayWord{"track", StreetKind::track, true, true, false},
    HighwayWord{"cycleway", StreetKind::cycleway, true, true, false},
    HighwayWord{"path", StreetKind::path, true, true, false},
    HighwayWord{"bridleway", StreetKind::path, true, false, false},
    HighwayWord{"footway", StreetKind::path, true, false, false},
    HighwayWord{"pedestrian", StreetKind::path, true, false, false},
    HighwayWord{"corridor", StreetKind::path, true, false, false},
    HighwayWord{"platform", StreetKind::path, true, false, false},
    HighwayWord{"steps", StreetKind::steps, true, false, false},
};

// The most specific of the keys that says anything decides; `fallback` when none does.
bool allowed(const TagOf& tag, std::initializer_list<const char*> keys, bool fallback,
             bool private_too) {
  for (const char* key : keys) {
    const string_view value = tag(key);
    if (grants(value)) return true;
    if (denies(value)) return false;
    if (value == "private" || value == "delivery" || value == "customers")
      return private_too && fallback;
  }
  return fallback;
}

bool has_sidewalk(const TagOf& tag) {
  return is_one_of(tag("sidewalk"), {"both", "left", "right", "yes"}) ||
         is_one_of(tag("sidewalk:both"), {"yes", "separate"}) || tag("sidewalk:left") == "yes" ||
         tag("sidewalk:right") == "yes";
}

bool rolls(const TagOf& tag, StreetKind kind) {
  const string_view wheelchair = tag("wheelchair");
  if (wheelchair == "no") return false;
  if (is_one_of(wheelchair, {"yes", "designated", "limited"})) return true;
  if (kind == StreetKind::steps) {
    return is_one_of(tag("ramp:wheelchair"), {"yes"}) || is_one_of(tag("ramp:stroller"), {"yes"});
  }
  return !is_one_of(tag("smoothness"), {"very_bad", "horrible", "very_horrible", "impassable"}) &&
         !is_one_of(tag("surface"), {"sand", "mud", "rock", "stepping_stones"});
}

// 0: both ways, 1: with the line, -1: against it.
int one_way(const TagOf& tag, std::initializer_list<const char*> keys, bool implied) {
  for (const char* key : keys) {
    const string_view value = tag(key);
    if (is_one_of(value, {"yes", "true", "1"})) return 1;
    if (is_one_of(value, {"-1", "reverse"})) return -1;
    if (is_one_of(value, {"no", "false", "0"})) return 0;
  }
  return implied ? 1 : 0;
}

uint8_t bits(Mode mode, int direction) {
  return static_cast<uint8_t>((direction >= 0 ? use_bit(mode, true) : 0) |
                              (direction <= 0 ? use_bit(mode, false) : 0));
}

}  // namespace

uint8_t speed_of(string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0) return 0;
  const string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
  if (unit == " mph" || unit == "mph") number = number * 1609 / 1000;
  if (!unit.empty() && !is_one_of(unit, {" mph", "mph", " km/h", "km/h"})) return 0;
  return static_cast<uint8_t>(std::min(number, 250));
}

WayRules way_rules(const TagOf& tag) {
  const string_view highway = tag("highway");
  const auto* known = std::find_if(kHighways.begin(), kHighways.end(),
                                   [&](const HighwayWord& word) { return word.word == highway; });
  WayRules rules;
  if (known == kHighways.end()) return rules;
  rules.kind = known->kind;
  rules.speed_kmh = speed_of(tag("maxspeed"));
  const bool fast = known->kind == StreetKind::motorway || known->kind == StreetKind::trunk;
  const bool walk =
      allowed(tag, {"foot", "access"}, known->walk || (fast && has_sidewalk(tag)), true);
  if (walk) {
    const int foot = one_way(tag, {"oneway:foot"}, false);
    rules.uses |= bits(Mode::walk, foot);
    if (rolls(tag, known->kind)) rules.uses |= bits(Mode::wheelchair, foot);
  }
  const bool round = is_one_of(tag("junction"), {"roundabout", "circular"});
  if (allowed(tag, {"bicycle", "vehicle", "access"}, known->cycle, true)) {
    const bool against = tag("cycleway").starts_with("opposite");
    const int direction = one_way(tag, {"oneway:bicycle", "oneway"}, round);
    rules.uses |= bits(Mode::cycle, against ? 0 : direction);
  }
  if (allowed(tag, {"motorcar", "motor_vehicle", "vehicle", "access"}, known->drive, false)) {
    const bool implied = round || highway == "motorway" || highway == "motorway_link";
    rules.uses |= bits(Mode::drive, one_way(tag, {"oneway"}, implied));
  }
  return rules;
}

uint8_t passing_uses(const TagOf& tag) {
  const string_view barrier = tag("barrier");
  const bool step =
      is_one_of(barrier, {"stile", "turnstile", "kissing_gate", "full-height_turnstile"});
  const bool post =
      is_one_of(barrier, {"bollard", "block", "cycle_barrier", "planter", "jersey_barrier",
                          "motorcycle_barrier", "chain", "log", "debris"});
  const bool wall = is_one_of(barrier, {"wall", "fence", "hedge", "retaining_wall", "city_wall"});
  const string_view chair = tag("wheelchair");
  uint8_t uses = 0;
  const bool walk = allowed(tag, {"foot", "access"}, !wall, true);
  if (walk) uses |= use_bits(Mode::walk);
  if (walk && chair != "no" && (chair == "yes" || !step)) uses |= use_bits(Mode::wheelchair);
  if (allowed(tag, {"bicycle", "vehicle", "access"}, !wall && !step, true))
    uses |= use_bits(Mode::cycle);
  if (allowed(tag, {"motorcar", "motor_vehicle", "vehicle", "access"}, !wall && !step && !post,
              false))
    uses |= use_bits(Mode::drive);
  return uses;
}

}  // namespace linli::geo
