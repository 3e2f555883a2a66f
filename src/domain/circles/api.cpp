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

// Whether what is in reach is the same whichever of the lists is asked.
bool same_reach(const std::vector<Facility>& a, const std::vector<Facility>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.id == other.id && one.kind == other.kind && one.point == other.point &&
           one.in_service == other.in_service;
  });
}

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
  People known;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = people_.find(place);
    if (found != people_.end() && found->second.content == services.content) known = found->second;
  }
  const bool fresh = now - known.at <= kFresh && now >= known.at;
  std::map<region::Code, const Village*> kept;
  if (known.villages != nullptr) {
    for (const Village& village : *known.villages) kept[village.code] = &village;
  }
  People made{
      .at = fresh ? known.at : now, .content = services.content, .stamps = {}, .villages = {}};
  std::vector<Village> all;
  bool same = known.villages != nullptr;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    const time::Date today = time::date_of(now);
    const auto stamps = store::stamps(tx, place, today);
    std::map<region::Code, std::vector<places::Place>> missing;  // by what is read at once
    std::vector<region::Code> codes;
    places::each(tx, place, region::Level::village, [&](const places::Place& one) {
      if (one.status != places::Status::active) return true;
      codes.push_back(one.code);
      const auto stamp = stamps.find(one.code);
      const auto before = known.stamps.find(one.code);
      const bool settled =
          stamp != stamps.end() && before != known.stamps.end() && stamp->second == before->second;
      if (stamp != stamps.end()) made.stamps.insert(*stamp);
      const bool unsettled = stamp == stamps.end() && before == known.stamps.end();
      if (kept.contains(one.code) && (settled || (fresh && unsettled))) return true;
      const bool wide = place.level() < region::Level::village;
      missing[wide ? one.code.parent() : one.code].push_back(one);
      return true;
    });
    std::map<region::Code, Village> read;
    for (const auto& [under, some] : missing) {
      for (Village& village : villages_of(tx, services, under, some, today)) {
        read[village.code] = std::move(village);
      }
    }
    same = same && read.empty() && codes.size() == kept.size();
    for (const region::Code code : codes) {
      if (same) break;
      const auto fresh_one = read.find(code);
      all.push_back(fresh_one != read.end() ? std::move(fresh_one->second) : *kept[code]);
    }
    return {};
  }));
  made.villages =
      same ? known.villages : std::make_shared<const std::vector<Village>>(std::move(all));
  const std::scoped_lock lock(mutex_);
  if (people_.size() >= kMostPlacesKept) people_.clear();
  people_[place] = made;
  return made.villages;
}

Result<PlaceCircle> Circles::coverage(host::Services& services, std::string_view circle,
                                      std::string_view group, region::Code place,
                                      time::Instant now) {
  const Asked wanted = TRY(asked(*services.content, circle, group, place));
  PlaceCircle made;
  made.resident_group = wanted.group;
  made.has_map = TRY(way(services, wanted.circle->mode))->travel != nullptr;
  MUST(services.database.read([&](db::Tx& tx) -> Done {
    const time::Date today = time::date_of(now);
    made.pending = store::is_pending(tx, place, basis_of(services, today), today);
    made.rows = villages_kept(tx, services, *wanted.circle, wanted.group, place);
    return {};
  }));
  return made;
}

Result<Circles::Bench> Circles::workbench(host::Services& services, const pack::Circle& circle,
                                          region::Code place, time::Instant now) {
  const auto streets = TRY(way(services, circle.mode));
  const std::pair key(circle.key, place);
  int64_t version = 0;
  Bench old;
  {
    const std::scoped_lock lock(mutex_);
    version = facilities_version_;
    const auto known = benches_.find(key);
    if (known != benches_.end()) {
      known->second.used = now;
      const bool same = known->second.facilities_version == version &&
                        known->second.bench->facts().content == services.content &&
                        &known->second.bench->times().streets(0) == streets.get();
      if (same) old = known->second;
    }
  }
  if (old.bench != nullptr && now - old.as_of <= kBenchFresh && now >= old.as_of) return old;
  const Facts facts{services.content, facilities(services, now), villages(services, place, now)};
  Bench made{.facilities_version = version, .used = now, .as_of = now, .bench = old.bench};
  // What nobody has changed, here or in another process, is as good as new.
  if (old.bench == nullptr || old.bench->facts().villages != facts.villages ||
      !same_reach(*old.bench->facts().facilities, *facts.facilities)) {
    made.bench = TRY(Workbench::make(
        facts, circle, [&](const std::string& profile) { return way(services, profile); }));
  }
  const std::scoped_lock lock(mutex_);
  benches_[key] = made;
  while (benches_.size() > kMostBenches) {
    benches_.erase(std::min_element(
        benches_.begin(), benches_.end(),
        [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
  }
  return made;
}

Result<WhatIf> Circles::what_if(host::Services& services, std::string_view circle,
                                std::string_view group, region::Code place,
                                const std::vector<Trial>& trials, time::Instant now,
                                bool only_changes) {
  const Asked wanted = TRY(asked(*services.content, circle, group, place));
  const Bench held = TRY(workbench(services, *wanted.circle, place, now));
  Workbench& bench = *held.bench;
  WhatIf made;
  made.bench = held.bench;
  made.as_of = held.as_of;
  made.resident_group = wanted.group;
  for (size_t i = 0; i < bench.before().size() && !only_changes; ++i) {
    made.rows.push_back(summary(bench, wanted.group, i, bench.before()[i]));
  }
  made.groups = bench.sums_before();
  if (trials.empty()) return made;
  const Workbench::Tried tried = TRY(bench.after(trials));
  made.tried = made.rows;
  for (const auto& [village, rows] : tried.changed) {
    VillageCircle row = summary(bench, wanted.group, village, rows);
    if (only_changes) {
      made.tried.push_back(std::move(row));
    } else {
      made.tried[village] = std::move(row);
    }
  }
  made.groups_tried = sums(bench, tried);
  made.paths = tried.paths;
  return made;
}

}  // namespace linli::circles
