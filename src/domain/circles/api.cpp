#include "domain/circles/api.h"

#include <algorithm>

#include "domain/circles/facts.h"
#include "domain/circles/settle.h"
#include "domain/circles/store.h"
#include "domain/places/api.h"

namespace linli::circles {

namespace {

constexpr time::Instant kFresh = time::kMinute;
constexpr size_t kMostPlacesKept = 50;
// A trial goes on for minutes and compares like with like; each bench holds its places' times,
// about 4 bytes a junction, need and way to travel.
constexpr time::Instant kBenchFresh = 10 * time::kMinute;
constexpr size_t kMostBenches = 4;

struct Asked {
  const pack::Circle* circle = nullptr;
  std::string group;
};

Result<Asked> asked(const pack::Content& content, std::string_view circle, std::string_view group,
                    region::Code place) {
  Asked made;
  made.circle = content.circle(circle);
  if (made.circle == nullptr) {
    return refuse(ErrorKind::not_found, "circle.unknown", std::string(circle));
  }
  const std::vector<std::string>& groups = made.circle->groups;
  made.group = !group.empty() ? group : groups.empty() ? std::string() : groups.front();
  if (std::find(groups.begin(), groups.end(), made.group) == groups.end()) {
    return refuse(ErrorKind::not_found, "circle.group_unknown", made.group);
  }
  if (place.level() < region::Level::county) {
    return refuse(ErrorKind::invalid, "circle.place_too_large");
  }
  return made;
}

}  // namespace

region::Code Circles::territory(const host::Services& services) const {
  const auto code = region::Code::parse(services.settings.region);
  return code ? *code : region::Code();
}

Result<std::shared_ptr<const Way>> Circles::way(const host::Services& services,
                                                const std::string& profile) {
  return streets_.way(*services.content, services.settings.data_folder, profile);
}

Result<CircleTimes> Circles::times(const host::Services& services, const pack::Circle& circle,
                                   const std::vector<Facility>& facilities) {
  return CircleTimes::make(*services.content, circle, facilities,
                           [&](const std::string& profile) { return way(services, profile); });
}

double Circles::widest_reach_m(const host::Services& services) {
  std::shared_ptr<const Way> held;
  return circles::widest_reach_m(*services.content,
                                 [&](const std::string& profile) -> const geo::Profile* {
                                   const auto found = way(services, profile);
                                   held = found ? *found : nullptr;
                                   return held == nullptr ? nullptr : &held->profile;
                                 });
}

void Circles::forget_facilities() {
  const std::scoped_lock lock(mutex_);
  ++facilities_version_;
  facilities_ = nullptr;
}

std::shared_ptr<const std::vector<Facility>> Circles::facilities(host::Services& services,
                                                                 time::Instant now) {
  int64_t version = 0;
  {
    const std::scoped_lock lock(mutex_);
    const bool fresh = now - facilities_at_ <= kFresh && now >= facilities_at_;
    if (facilities_ != nullptr && fresh) return facilities_;
    version = facilities_version_;
  }
  const auto read = std::make_shared<const std::vector<Facility>>(
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<Facility>> {
        return circles::facilities(tx, services, territory(services));
      })));
  const std::scoped_lock lock(mutex_);
  if (version == facilities_version_) {  // nothing has changed while they were read
    facilities_ = read;
    facilities_at_ = now;
  }
  return read;
}

std::shared_ptr<const std::vector<Village>> Circles::villages(host::Services& services,
                                                              region::Code place,
                                                              time::Instant now) {
  {
    const std::scoped_lock lock(mutex_);
    const auto known = people_.find(place);
    if (known != people_.end() && now - known->second.at <= kFresh && now >= known->second.at) {
      return known->second.villages;
    }
  }
  std::vector<Village> read;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    std::vector<places::Place> all;
    places::each(tx, place, region::Level::village, [&](const places::Place& one) {
      if (one.status == places::Status::active) all.push_back(one);
      return true;
    });
    for (const places::Place& one : all) {
      read.push_back(village_of(tx, services, one, time::date_of(now)));
    }
    return {};
  }));
  auto shared = std::make_shared<const std::vector<Village>>(std::move(read));
  const std::scoped_lock lock(mutex_);
  if (people_.size() >= kMostPlacesKept) people_.clear();
  people_[place] = {now, shared};
  return shared;
}

Result<PlaceCircle> Circles::coverage(host::Services& services, std::string_view circle,
                                      std::string_view group, region::Code place,
                                      time::Instant now) {
  const Asked wanted = TRY(asked(*services.content, circle, group, place));
  PlaceCircle made;
  made.resident_group = wanted.group;
  made.has_map = TRY(way(services, wanted.circle->mode))->travel != nullptr;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    made.pending = store::is_pending(tx, place, basis_of(services, time::date_of(now)));
    made.rows = villages_kept(tx, services, *wanted.circle, wanted.group, place);
    return {};
  }));
  return made;
}

Result<std::shared_ptr<Workbench>> Circles::workbench(host::Services& services,
                                                      const pack::Circle& circle,
                                                      region::Code place, time::Instant now) {
  const auto streets = TRY(way(services, circle.mode));
  const std::pair key(circle.key, place);
  int64_t version = 0;
  {
    const std::scoped_lock lock(mutex_);
    version = facilities_version_;
    const auto known = benches_.find(key);
    if (known != benches_.end()) {
      const Facts& facts = known->second.bench->facts();
      known->second.used = now;
      if (now - facts.as_of <= kBenchFresh && now >= facts.as_of &&
          known->second.facilities_version == version && facts.content == services.content &&
          &known->second.bench->times().streets(0) == streets.get()) {
        return known->second.bench;
      }
    }
  }
  const Facts facts{services.content, facilities(services, now), villages(services, place, now),
                    now};
  auto made = TRY(Workbench::make(
      facts, circle, [&](const std::string& profile) { return way(services, profile); }));
  const std::scoped_lock lock(mutex_);
  benches_[key] = {version, now, made};
  while (benches_.size() > kMostBenches) {
    benches_.erase(std::min_element(
        benches_.begin(), benches_.end(),
        [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
  }
  return made;
}

Result<WhatIf> Circles::what_if(host::Services& services, std::string_view circle,
                                std::string_view group, region::Code place,
                                const std::vector<Trial>& trials, time::Instant now) {
  const Asked wanted = TRY(asked(*services.content, circle, group, place));
  const auto bench = TRY(workbench(services, *wanted.circle, place, now));
  WhatIf made;
  made.bench = bench;
  made.resident_group = wanted.group;
  made.rows = summaries(*bench, wanted.group, bench->before());
  made.groups = sums(*bench, bench->before());
  if (trials.empty()) return made;
  const Workbench::Tried tried = TRY(bench->after(trials));
  made.tried = summaries(*bench, wanted.group, tried.rows);
  made.groups_tried = sums(*bench, tried.rows);
  made.paths = tried.paths;
  return made;
}

}  // namespace linli::circles
