#include "domain/demo/roster.h"

#include <algorithm>

#include "core/crypto.h"
#include "domain/cases/api.h"
#include "domain/places/api.h"

namespace linli::demo {

std::string Roster::full_name(Random& random) const {
  return city_.content.surnames.pick(random) +
         city_.content.given_name(random, random.chance(0.5), 1984);
}

Result<Person> Roster::account(db::Tx& tx, const std::string& key, const std::string& shown,
                               const std::string& role, region::Code place,
                               const std::string& unit) {
  if (city_.packs.role(role) == nullptr) return Person{"", shown};
  Random random(seed_, part_of(key));
  accounts::NewAccount wanted;
  wanted.id = make_id(random, city_.start_of_today());
  wanted.name = key;
  wanted.display_name = shown;
  wanted.place = place;
  wanted.unit = unit;
  wanted.grants = {{role, place}};
  const accounts::Account made = TRY(accounts::create_account(
      tx, services_, accounts::system_actor(), wanted, city_.start_of_today()));
  return Person{made.id, shown};
}

Done Roster::hire_above(db::Tx& tx, Random& random, const Village& village) {
  const std::string county = village.county.text();
  if (!by_unit_.contains(county)) {
    by_unit_[county] = TRY(account(tx, "duty." + county, full_name(random), "township_dispatcher",
                                   village.county, ""));
    const pack::ChoiceList* departments = city_.packs.list("department");
    for (const pack::Choice& department :
         departments == nullptr ? std::vector<pack::Choice>() : departments->choices) {
      by_unit_[department.key + "@" + county] =
          TRY(account(tx, department.key + "." + county, department.name.zh + full_name(random),
                      "department_handler", village.county, department.key));
    }
  }
  const std::string township = village.township.code.text();
  if (!by_unit_.contains(township)) {
    const auto hired = [&](const std::string& post) {
      return account(tx, post + "." + township, full_name(random), "township_dispatcher",
                     village.township.code, "");
    };
    by_unit_[township] = TRY(hired("handler"));
    by_unit_["dispatcher:" + township] = TRY(hired("dispatcher"));
    by_unit_["reviewer:" + township] = TRY(hired("reviewer"));
  }
  return {};
}

Done Roster::hire(db::Tx& tx, Random& random, const Village& village) {
  TRY(hire_above(tx, random, village));
  const std::string code = village.place.code.text();
  const std::string name = village.secretary.empty() ? full_name(random) : village.secretary;
  by_unit_[code] =
      TRY(account(tx, "worker." + code, name, "community_worker", village.place.code, ""));
  residents_.clear();
  for (const Village::Resident& resident : village.residents) {
    accounts::NewAccount wanted;
    wanted.id = make_id(random, city_.start_of_today());
    wanted.kind = accounts::Kind::resident;
    wanted.phone = resident.phone;
    wanted.display_name = resident.name;
    wanted.place = village.place.code;
    if (city_.packs.role("resident") != nullptr) wanted.grants = {{"resident", village.county}};
    const accounts::Account made = TRY(accounts::create_account(
        tx, services_, accounts::system_actor(), wanted, city_.start_of_today()));
    residents_.push_back({made.id, resident.name});
  }
  return {};
}

const Person& Roster::of_unit(const std::string& unit) const {
  const auto found = by_unit_.find(unit);
  if (found != by_unit_.end() || unit.find('@') != std::string::npos) return found->second;
  const region::Code code = MUST(region::Code::parse(unit));
  return by_unit_.at(code.at(region::Level::village).text());
}

const Person& Roster::dispatcher(region::Code township) const {
  return by_unit_.at("dispatcher:" + township.text());
}

const Person& Roster::reviewer(region::Code township) const {
  return by_unit_.at("reviewer:" + township.text());
}

Result<std::vector<SignIn>> Roster::sign_ins(region::Code region, const places::Place& township,
                                             const places::Place& village, region::Code grid) {
  struct Post {
    std::string role;
    std::string name;
    region::Code place;
    std::string unit;
  };
  const region::Code wide = region.at(region::Level::township);
  const region::Code county = village.code.at(region::Level::county);
  const std::vector<Post> posts = {
      {"operator", "operator", wide, ""},
      {"planner", "planner", wide, ""},
      {"auditor", "auditor", wide, ""},
      {"township_dispatcher", "dispatcher", township.code, ""},
      {"community_worker", "community", village.code, ""},
      {"grid_member", "grid", grid, ""},
      {"department_handler", "department", county, "urban_management"},
      {"justice_assistant", "justice", county, ""},
  };
  std::vector<SignIn> made;
  for (const Post& post : posts) {
    const pack::Role* role = city_.packs.role(post.role);
    if (role == nullptr) continue;
    SignIn sign_in{.role = post.role,
                   .name = post.name,
                   .password = crypto::random_password(),
                   .display_name = role->name.zh,
                   .place = post.place};
    accounts::NewAccount wanted;
    wanted.name = post.name;
    wanted.display_name = role->name.zh;
    wanted.password = sign_in.password;
    wanted.place = post.place;
    wanted.unit = post.unit;
    wanted.grants = {{post.role, post.place}};
    TRY(services_.database.transact([&](db::Tx& tx) -> Done {
      sign_in.place_name = places::name_of(tx, post.place);
      TRY(accounts::create_account(tx, services_, accounts::system_actor(), wanted,
                                   city_.start_of_today()));
      return {};
    }));
    made.push_back(std::move(sign_in));
  }
  return made;
}

}  // namespace linli::demo
