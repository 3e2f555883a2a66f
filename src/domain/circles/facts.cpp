#include "domain/circles/facts.h"

#include <algorithm>
#include <set>

#include "domain/circles/names.h"
#include "domain/circles/settlement.h"
#include "domain/circles/turns.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"

namespace linli::circles {

namespace {

using Side = host::Change::Side;

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

namespace {

using Settlements = std::map<region::Code, Settlement>;

// Everything but the people, of villages under a place.
Settlements settlements(db::Tx& tx, const host::Services& services, region::Code under) {
  const pack::Content& content = *services.content;
  Settlements made;
  const auto of = [&](const Side& side) -> Settlement& { return made[side.place.village()]; };
  const Names building(content, "building");
  each(tx, services, "building", under, [&](const std::string& id, const Side& side) {
    if (const auto point = building.point(side)) of(side).add_building(id, *point);
  });
  const Names estate(content, "housing_estate");
  each(tx, services, "housing_estate", under, [&](const std::string& id, const Side& side) {
    if (const auto point = estate.point(side)) of(side).add_estate(id, *point);
  });
  const Names dwelling(content, "dwelling");
  each(tx, services, "dwelling", under, [&](const std::string& id, const Side& side) {
    of(side).add_dwelling(id, dwelling.point(side), dwelling.text(side, "building"));
  });
  const pack::Register* kind = content.find_register("household");
  if (kind == nullptr) return made;
  const Names household(content, "household");
  each(tx, services, "household", under, [&](const std::string& id, const Side& side) {
    of(side).add_household(
        {.id = id, .place = side.place, .point = {}, .name = household.value(side, kind->title)},
        household.text(side, "dwelling"), household.text(side, "estate"));
  });
  return made;
}

// When a record carries a label.
std::set<std::pair<time::Date, time::Date>> periods_of(const Side& side, const std::string& label) {
  std::set<std::pair<time::Date, time::Date>> periods;
  if (side.labels == nullptr) return periods;
  for (const host::HeldLabel& held : *side.labels) {
    if (held.label == label) periods.emplace(held.from, held.to.value_or(0));
  }
  return periods;
}

}  // namespace

std::vector<Village> villages_of(db::Tx& tx, const host::Services& services, region::Code under,
                                 const std::vector<places::Place>& villages, time::Date day,
                                 std::map<region::Code, time::Date>* turns) {
  const pack::Content& content = *services.content;
  std::map<region::Code, Village> made;
  for (const places::Place& place : villages) made[place.code] = {place.code, place.urban, {}, {}};
  Settlements settled = settlements(tx, services, under);
  const Names person(content, "person");
  const Turns ahead(content);
  each(tx, services, "person", under, [&](const std::string&, const Side& side) {
    const auto village = made.find(side.place.village());
    if (village == made.end()) return;
    const uint64_t groups = groups_of(content, side, day);
    count(village->second.residents, groups, 1);
    settled[village->first].settle(person.text(side, "household"), groups);
    if (turns == nullptr) return;
    const auto next = ahead.next(side, day);
    if (!next) return;
    time::Date& first = turns->try_emplace(village->first, *next).first->second;
    first = std::min(first, *next);
  });
  std::vector<Village> all;
  for (const places::Place& place : villages) {
    Village& village = made[place.code];
    village.homes = std::move(settled[place.code]).homes();
    all.push_back(std::move(village));
  }
  return all;
}

std::vector<HouseholdAt> households_of(db::Tx& tx, const host::Services& services,
                                       region::Code village) {
  return std::move(settlements(tx, services, village)[village]).households();
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

bool moves_people(const pack::Content& content, const host::Change& change) {
  if (!change.before || !change.after) return true;
  if (change.before->place != change.after->place) return true;
  const Names names(content, change.kind);
  const auto differs = [&](std::string_view field) {
    return names.value(*change.before, field) != names.value(*change.after, field);
  };
  for (const char* field : {"point", "building", "dwelling", "estate", "household"}) {
    if (differs(field)) return true;
  }
  if (change.kind != "person") return false;
  for (const pack::ResidentGroup& group : content.groups) {
    const expr::Expression& asks = group.value;
    if (std::any_of(asks.variables.begin(), asks.variables.end(), differs)) return true;
    for (const std::string& label : asks.labels) {
      if (periods_of(*change.before, label) != periods_of(*change.after, label)) return true;
    }
  }
  return false;
}

}  // namespace linli::circles
