#include "domain/circles/facts.h"

#include <charconv>
#include <unordered_map>

#include "domain/places/api.h"
#include "domain/registers/api.h"

namespace linli::circles {

namespace {

using Side = host::Change::Side;
using Points = std::unordered_map<std::string, places::Point>;

// The names of a kind's values, found once.
class Names {
 public:
  Names(const pack::Content& content, std::string_view kind)
      : register_(content.find_register(kind)) {}

  // Null where the packs declare no such field.
  const Value& value(const Side& side, std::string_view name) const {
    static const Value kNone;
    const expr::Variable* variable = register_ ? register_->scope.find(name) : nullptr;
    if (variable == nullptr) return kNone;
    const auto at = static_cast<size_t>(variable - register_->scope.variables.data());
    return at < side.values->size() ? (*side.values)[at] : kNone;
  }
  std::string text(const Side& side, std::string_view name) const {
    const auto* found = std::get_if<std::string>(&value(side, name));
    return found == nullptr ? std::string() : *found;
  }
  // "lon,lat" as the registers keep points.
  std::optional<places::Point> point(const Side& side) const {
    const std::string written = text(side, "point");
    places::Point made;
    const char* end = written.data() + written.size();
    const auto lon = std::from_chars(written.data(), end, made.lon);
    if (lon.ec != std::errc() || lon.ptr == end || *lon.ptr != ',') return std::nullopt;
    const auto lat = std::from_chars(lon.ptr + 1, end, made.lat);
    if (lat.ec != std::errc()) return std::nullopt;
    return made;
  }

 private:
  const pack::Register* register_;
};

// Streams a register's records with their ids; nothing where no pack declares it.
void each(db::Tx& tx, const host::Services& services, std::string_view kind, region::Code under,
          const std::function<void(const std::string& id, const Side&)>& record) {
  const pack::Register* found = services.content->find_register(kind);
  if (found == nullptr) return;
  registers::each_record(tx, *found, under, region::Code(under.last()), record);
}

class Person : public expr::Record {
 public:
  explicit Person(const Side& side) : side_(side) {}
  Value get(size_t variable) const override {
    return variable < side_.values->size() ? (*side_.values)[variable] : Value();
  }
  bool has_label(std::string_view label, time::Date today) const override {
    if (side_.labels == nullptr) return false;
    for (const host::HeldLabel& held : *side_.labels) {
      if (held.label == label && held.from <= today && (!held.to || today < *held.to)) return true;
    }
    return false;
  }

 private:
  const Side& side_;
};

void count(std::vector<Cohort>& cohorts, uint64_t groups, int64_t people) {
  if (people == 0) return;
  for (Cohort& cohort : cohorts) {
    if (cohort.groups != groups) continue;
    cohort.count += people;
    return;
  }
  cohorts.push_back({groups, people});
}

// The points of a village where homes are, and who lives at which.
class Settlement {
 public:
  Settlement(db::Tx& tx, const host::Services& services, region::Code under) {
    const pack::Content& content = *services.content;
    const auto points = [&](std::string_view kind) {
      Points found;
      const Names names(content, kind);
      each(tx, services, kind, under, [&](const std::string& id, const Side& side) {
        if (const auto point = names.point(side)) found.emplace(id, *point);
      });
      return found;
    };
    buildings_ = points("building");
    estates_ = points("housing_estate");
    const Names dwelling(content, "dwelling");
    each(tx, services, "dwelling", under, [&](const std::string& id, const Side& side) {
      auto point = dwelling.point(side);
      if (!point) {
        const auto building = buildings_.find(dwelling.text(side, "building"));
        if (building != buildings_.end()) point = building->second;
      }
      if (!point) return;
      dwellings_.emplace(id, *point);
      spread_.push_back(*point);
    });
    for (const Points* other : {&buildings_, &estates_}) {
      if (!spread_.empty()) break;
      for (const auto& [id, point] : *other) spread_.push_back(point);
    }
    std::sort(spread_.begin(), spread_.end(), before);
    const pack::Register* kind = content.find_register("household");
    const Names household(content, "household");
    each(tx, services, "household", under, [&](const std::string& id, const Side& side) {
      HouseholdAt& made = households_.emplace_back();
      made.id = id;
      made.place = side.place;
      made.name = household.value(side, kind->title);
      const auto home = dwellings_.find(household.text(side, "dwelling"));
      const auto estate = estates_.find(household.text(side, "estate"));
      if (home != dwellings_.end()) {
        made.point = home->second;
      } else if (estate != estates_.end()) {
        made.point = estate->second;
        made.estimate = true;
      }
      number_of_[id] = households_.size() - 1;
    });
  }

  std::vector<HouseholdAt> households() && { return std::move(households_); }

  void settle(const std::string& household, uint64_t groups) {
    const auto known = number_of_.find(household);
    if (known != number_of_.end() && households_[known->second].point) {
      const HouseholdAt& at = households_[known->second];
      count(home(*at.point, at.estimate).residents, groups, 1);
    } else {
      count(homeless_, groups, 1);
    }
  }

  std::vector<Home> homes() && {
    const auto places = static_cast<int64_t>(spread_.size());
    for (const Cohort& cohort : homeless_) {
      // Evenly; the remainder falls on the first.
      for (int64_t i = 0; i < places; ++i) {
        const int64_t share = cohort.count / places + (i < cohort.count % places ? 1 : 0);
        if (share == 0) break;
        count(home(spread_[static_cast<size_t>(i)], true).residents, cohort.groups, share);
      }
    }
    return std::move(homes_);
  }

 private:
  static bool before(const places::Point& a, const places::Point& b) {
    return std::pair(a.lon, a.lat) < std::pair(b.lon, b.lat);
  }
  Home& home(const places::Point& point, bool estimate) {
    const auto [at, fresh] =
        number_.emplace(std::tuple(point.lon, point.lat, estimate), homes_.size());
    if (fresh) homes_.push_back({point, estimate, {}});
    return homes_[at->second];
  }

  Points buildings_;
  Points estates_;
  Points dwellings_;
  std::vector<HouseholdAt> households_;
  std::unordered_map<std::string, size_t> number_of_;
  std::vector<places::Point> spread_;
  std::vector<Cohort> homeless_;
  std::map<std::tuple<double, double, bool>, size_t> number_;
  std::vector<Home> homes_;
};

}  // namespace

std::vector<Facility> facilities(db::Tx& tx, host::Services& services, region::Code under) {
  const Names names(*services.content, "facility");
  std::vector<Facility> found;
  each(tx, services, "facility", under, [&](const std::string& id, const Side& side) {
    const auto point = names.point(side);
    if (!point) return;
    Facility& made = found.emplace_back();
    made.id = id;
    made.kind = names.text(side, "kind");
    made.name = names.text(side, "name");
    made.place = side.place;
    made.point = *point;
    made.in_service = facility_in(*services.content, side).in_service;
    made.address = names.text(side, "address");
    made.phone = names.text(side, "phone");
    made.host = names.text(side, "host");
    if (const auto* capacity = std::get_if<int64_t>(&names.value(side, "capacity"))) {
      made.capacity = *capacity;
    }
    if (const std::string hours = names.text(side, "opening"); !hours.empty()) {
      made.opening = MUST(OpeningHours::parse(hours));
    }
  });
  return found;
}

uint64_t groups_of(const pack::Content& content, const Side& person, time::Date day) {
  const Person record(person);
  uint64_t groups = 0;
  for (size_t i = 0; i < content.groups.size(); ++i) {
    if (expr::holds(content.groups[i].value, {.record = &record, .today = day})) {
      groups |= uint64_t{1} << i;
    }
  }
  return groups;
}

Village village_of(db::Tx& tx, const host::Services& services, const places::Place& place,
                   time::Date day) {
  Village made{place.code, place.urban, {}, {}};
  Settlement settlement(tx, services, place.code);
  const Names person(*services.content, "person");
  each(tx, services, "person", place.code, [&](const std::string&, const Side& side) {
    const uint64_t groups = groups_of(*services.content, side, day);
    count(made.residents, groups, 1);
    settlement.settle(person.text(side, "household"), groups);
  });
  made.homes = std::move(settlement).homes();
  return made;
}

std::vector<HouseholdAt> households_of(db::Tx& tx, const host::Services& services,
                                       region::Code village) {
  return Settlement(tx, services, village).households();
}

Placed facility_in(const pack::Content& content, const Side& side) {
  const Names names(content, "facility");
  const auto* open = std::get_if<int64_t>(&names.value(side, "in_service"));
  const auto* capacity = std::get_if<int64_t>(&names.value(side, "capacity"));
  return {names.text(side, "kind"), names.point(side), open == nullptr || *open != 0,
          capacity == nullptr ? 0 : *capacity};
}

bool is_home_kind(std::string_view kind) {
  return kind == "person" || kind == "household" || kind == "dwelling" || kind == "building" ||
         kind == "housing_estate";
}

bool moves_people(const pack::Content& content, const host::Change& change, time::Date day) {
  if (!change.before || !change.after) return true;
  if (change.before->place != change.after->place) return true;
  const Names names(content, change.kind);
  for (const char* field : {"point", "building", "dwelling", "estate", "household"}) {
    if (names.value(*change.before, field) != names.value(*change.after, field)) return true;
  }
  return change.kind == "person" &&
         groups_of(content, *change.before, day) != groups_of(content, *change.after, day);
}

}  // namespace linli::circles
