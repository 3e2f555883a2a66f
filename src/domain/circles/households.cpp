// Which households have not what they need in reach.
#include "domain/circles/api.h"
#include "domain/circles/facts.h"
#include "domain/places/api.h"

namespace linli::circles {

namespace {

// The circle as it is asked: other needs, other minutes.
pack::Circle as_asked(const pack::Circle& circle, const Circles::HouseholdsAsked& wanted) {
  pack::Circle made = circle;
  if (wanted.minutes) made.minutes = {wanted.minutes, wanted.minutes};
  if (!wanted.kinds.empty()) {
    made.needs.clear();
    for (const std::string& kind : wanted.kinds) {
      made.needs.push_back({.key = kind, .kinds = {kind}, .minutes = made.minutes});
    }
  }
  for (pack::CircleNeed& need : made.needs) {
    if (wanted.minutes) need.minutes = made.minutes;
  }
  return made;
}

HouseholdGap gap_of(const pack::Circle& circle, NeedTimes& times, const HouseholdAt& household,
                    std::optional<bool> urban) {
  HouseholdGap made{household.id,       household.place,
                    household.name,     household.point.has_value(),
                    household.estimate, {}};
  if (!household.point) return made;
  const NeedTimes::Answer answer = times.of(*household.point);
  made.estimate = made.estimate || answer.estimate;
  for (size_t i = 0; i < circle.needs.size(); ++i) {
    const auto minutes = circle.needs[i].minutes.in(urban);
    if (minutes && answer.seconds[i] > *minutes * 60.0) {
      made.missing.push_back(circle.needs[i].key);
    }
  }
  return made;
}

bool asks_anything(const pack::Circle& circle, std::optional<bool> urban) {
  for (const pack::CircleNeed& need : circle.needs) {
    if (need.minutes.in(urban)) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<HouseholdGap>> Circles::households(host::Services& services,
                                                      const HouseholdsAsked& wanted,
                                                      time::Instant now) {
  const pack::Circle* known = services.content->circle(wanted.circle);
  if (known == nullptr) return refuse(ErrorKind::not_found, "circle.unknown", wanted.circle);
  if (wanted.place.level() < region::Level::township) {
    return refuse(ErrorKind::invalid, "circle.place_too_large");
  }
  const pack::Circle circle = as_asked(*known, wanted);
  const auto there = facilities(services, now);
  const std::shared_ptr<const Way> streets = TRY(way(services, circle.mode));
  NeedTimes times(*streets, circle, *there);
  std::vector<HouseholdGap> found;
  const auto add_village = [&](db::Tx& tx, const places::Place& village) {
    if (!asks_anything(circle, village.urban)) return;
    for (const HouseholdAt& household : households_of(tx, services, village.code)) {
      const bool behind = village.code > wanted.after_village || household.id > wanted.after;
      if (!behind || !wanted.place.contains(household.place)) continue;
      HouseholdGap gap = gap_of(circle, times, household, village.urban);
      if (gap.located && gap.missing.empty()) continue;
      found.push_back(std::move(gap));
      if (std::ssize(found) == wanted.limit) return;
    }
  };
  return services.database.read([&](db::Tx& tx) -> Result<std::vector<HouseholdGap>> {
    std::vector<places::Place> villages;
    if (wanted.place.level() == region::Level::township) {
      places::each(tx, wanted.place, region::Level::village, [&](const places::Place& village) {
        const bool active = village.status == places::Status::active;
        if (active && village.code >= wanted.after_village) villages.push_back(village);
        return true;
      });
    } else {
      villages.push_back(TRY(places::find(tx, wanted.place.village())));
    }
    for (const places::Place& village : villages) {
      if (std::ssize(found) < wanted.limit) add_village(tx, village);
    }
    return std::move(found);
  });
}

}  // namespace linli::circles
