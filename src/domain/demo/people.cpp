#include "domain/demo/people.h"

#include <algorithm>

namespace linli::demo {
namespace {

constexpr std::string_view kNote = "演示数据";

bool all_elderly(const Household& household) {
  return std::all_of(household.begin(), household.end(),
                     [](const Member& member) { return member.age >= 60; });
}

}  // namespace

People::People(City& city)
    : city_(city),
      person_(city.packs, "person"),
      household_(city.packs, "household"),
      residence_(both_mixes(at(city.content.people, "residence"))),
      employment_(both_mixes(at(city.content.people, "employment"))),
      retired_from_{at(city.content.people, "retired_from.urban"),
                    at(city.content.people, "retired_from.rural")},
      party_member_(at(city.content.people, "party_member").as_number()),
      family_doctor_(at(city.content.people, "family_doctor").as_number()) {
  const json::Value& people = city.content.people;
  for (const json::Value& entry : at(people, "education").as_array()) {
    education_.push_back({entry.integer("from"), Mix(at(entry, "shares"))});
  }
  for (const auto& [prefix, mix] : at(people, "ethnicity").as_object()) {
    ethnicity_.emplace(prefix, Mix(mix));
  }
  for (const json::Value& entry : at(people, "labels").as_array()) {
    const Span ages = span_of(at(entry, "ages"));
    groups_.push_back({.label = entry.text("label"),
                       .youngest = static_cast<int64_t>(ages.from),
                       .oldest = static_cast<int64_t>(ages.to),
                       .share = both_numbers(entry),
                       .gender = entry.text("gender"),
                       .only = entry.text("only")});
  }
  for (const json::Value& entry : at(people, "household_labels").as_array()) {
    household_groups_.emplace_back(entry.text("label"), both_numbers(entry));
  }
  looked_after_ = texts_of(at(people, "looked_after"));
}

const Mix& People::ethnicity_of(region::Code place) const {
  const std::string text = place.text();
  const Mix* best = &ethnicity_.at("default");
  size_t length = 0;
  for (const auto& [prefix, mix] : ethnicity_) {
    if (text.starts_with(prefix) && prefix.size() > length) {
      best = &mix;
      length = prefix.size();
    }
  }
  return *best;
}

std::string People::education(Random& random, time::Date birth) const {
  const Schooling* best = &education_.front();
  for (const Schooling& schooling : education_) {
    if (birth / 10000 >= schooling.from) best = &schooling;
  }
  return best->shares.pick(random);
}

std::string People::employment(Random& random, const Member& member, bool urban) const {
  const char* gender = member.male ? "male" : "female";
  if (member.age < 16) return member.age >= 6 ? "student" : "";
  if (member.age < 22 && random.chance(member.age < 18 ? 0.92 : 0.55)) return "student";
  if (member.age >= retired_from_.of(urban).integer(gender)) return urban ? "retired" : "none";
  return employment_.of(urban).pick(random);
}

std::string People::add(Random& random, Village& village, const Household& household,
                        const Home& home, int64_t number) {
  const time::Instant at = city_.start_of_today();
  const std::string id = make_id(random, at);
  const std::string& ethnicity = ethnicity_of(village.place.code).pick(random);

  // Children and the head's own parents carry one surname, whoever married in has another.
  const auto father = std::find_if(household.begin(), household.end(), [](const Member& member) {
    return member.male &&
           (member.relation == Relation::head || member.relation == Relation::spouse);
  });
  const std::string family_name = city_.content.surnames.pick(random);
  std::vector<std::string> names;
  for (const Member& member : household) {
    const bool of_family =
        (father != household.end() && &member == &*father) || member.relation == Relation::child ||
        member.relation == Relation::grandchild ||
        (member.relation == Relation::parent && member.male) || father == household.end();
    names.push_back(
        (of_family ? family_name : city_.content.surnames.pick(random)) +
        city_.content.given_name(random, member.male, city_.today / 10000 - member.age));
  }

  Loaded record = household_.start(id, home.place, at);
  household_.set(record, "number", village.place.code.text() + "-" + std::to_string(number));
  household_.set(record, "head_name", names.front());
  household_.set(record, "kind", std::string(household.size() == 1 ? "single" : "family"));
  if (!home.dwelling.empty()) household_.set(record, "dwelling", home.dwelling);
  if (!home.group.empty()) household_.set(record, "villagers_group", home.group);
  if (!home.estate.empty()) household_.set(record, "estate", home.estate);
  household_.set(record, "address", home.address);
  household_.set(record, "size", std::ssize(household));
  household_.set(record, "phone", city_.counters.phone());
  household_.set(record, "moved_in_on", city_.recently(random, 9000));
  const bool adapts = all_elderly(household) && random.chance(0.12);
  household_.set(record, "adaptation_needed", yes(adapts));
  if (adapts && random.chance(0.5)) {
    household_.set(record, "adapted_on", city_.recently(random, 900));
  }
  for (const auto& [label, share] : household_groups_) {
    if (random.chance(share.of(village.urban)) && household_.has_label(label)) {
      add_label(random, record, label);
    }
  }
  city_.add(household_, std::move(record));

  for (size_t i = 0; i < household.size(); ++i) {
    add_person(random, village, household, home, household[i], names[i], id, ethnicity);
  }
  return names.front();
}

void People::add_person(Random& random, Village& village, const Household& household,
                        const Home& home, const Member& member, const std::string& name,
                        const std::string& household_id, const std::string& ethnicity) {
  const time::Instant at = city_.start_of_today();
  const time::Date birth = city_.birth(random, member.age);
  const std::string work = employment(random, member, village.urban);
  const std::string id_number = city_.counters.id_number(birth, member.male);
  Loaded record = person_.start(make_id(random, at), home.place, at);
  const auto set = [&](std::string_view field, Value value) {
    person_.set(record, field, std::move(value));
  };
  set("name", name);
  if (!id_number.empty()) set("id_number", id_number);
  set("gender", std::string(member.male ? "male" : "female"));
  set("birth_date", birth);
  if (member.age >= 12) set("phone", city_.counters.phone());
  set("ethnicity", ethnicity);
  set("household", household_id);
  set("relation", std::string(name_of(member.relation)));
  const std::string& residence = residence_.of(village.urban).pick(random);
  set("residence", residence);
  set("address", home.address);
  set("moved_in_on", std::max(birth, city_.recently(random, 9000)));
  if (member.age >= 15) set("education", education(random, birth));
  if (!work.empty()) set("employment", work);
  set("party_member", yes(member.age >= 18 && random.chance(party_member_)));
  if (member.age >= 60) {
    set("care_level", std::string(random.chance(member.age >= 80 ? 0.12 : 0.02)   ? "unable"
                                  : random.chance(member.age >= 80 ? 0.22 : 0.05) ? "partly"
                                                                                  : "able"));
  }
  if (random.chance(member.age >= 65 || member.age < 7 ? 0.75 : family_doctor_)) {
    set("family_doctor_until",
        time::add_days(city_.today, random.between(int64_t{10}, int64_t{360})));
  }
  if (member.age >= 70) {
    set("emergency_contact", household.size() > 1 ? name : std::string("社区网格员"));
    set("emergency_phone", city_.counters.phone());
  }
  set("note", std::string(kNote));
  for (const Group& group : groups_) {
    const bool wanted = std::find(wanted_.begin(), wanted_.end(), group.label) != wanted_.end() &&
                        may_belong(group, household, member, work);
    if (wanted || belongs(random, group, household, member, work, village.urban)) {
      add_label(random, record, group.label);
      std::erase(wanted_, group.label);
    }
  }
  village.counts["elderly_population"] += member.age >= 60 ? 1 : 0;
  village.counts["urban_resident_population"] += village.urban ? 1 : 0;
  ++village.counts["resident_population"];
  city_.add(person_, std::move(record));
}

bool People::may_belong(const Group& group, const Household& household, const Member& member,
                        const std::string& work) const {
  if (member.age < group.youngest || member.age > group.oldest) return false;
  if (!group.gender.empty() && (group.gender == "male") != member.male) return false;
  if (group.only == "alone" && household.size() != 1) return false;
  if (group.only == "elderly_pair" && (household.size() < 2 || !all_elderly(household))) {
    return false;
  }
  if (group.only == "adult_unemployed" && work != "unemployed") return false;
  return person_.has_label(group.label);
}

bool People::belongs(Random& random, const Group& group, const Household& household,
                     const Member& member, const std::string& work, bool urban) const {
  return may_belong(group, household, member, work) && random.chance(group.share.of(urban));
}

void People::add_label(Random& random, Loaded& record, const std::string& label) {
  const time::Instant at = city_.start_of_today();
  for (const registers::LabelPeriod& held : record.labels) {
    if (held.label == label) return;
  }
  record.labels.push_back({.id = make_id(random, at),
                           .label = label,
                           .from = city_.recently(random, 1000),
                           .evidence = std::string(kNote),
                           .at = at});
}

People::Identity People::identity(Random& random, int64_t youngest, int64_t oldest) {
  Identity made;
  const int64_t age = random.between(youngest, oldest);
  made.male = random.chance(0.45);
  made.birth = city_.birth(random, age);
  made.name = city_.content.surnames.pick(random) +
              city_.content.given_name(random, made.male, made.birth / 10000);
  made.id_number = city_.counters.id_number(made.birth, made.male);
  return made;
}

}  // namespace linli::demo
