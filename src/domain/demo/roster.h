// The accounts of those who handle requests, and of some residents. They have no passwords; those
// to sign in with are made last.
#pragma once

#include <unordered_map>

#include "domain/accounts/api.h"
#include "domain/demo/api.h"
#include "domain/demo/city.h"

namespace linli::demo {

struct Person {
  std::string id;  // account
  std::string name;
};

class Roster {
 public:
  Roster(host::Services& services, const City& city, uint64_t seed)
      : services_(services), city_(city), seed_(seed) {}

  // The people of the village and, the first time, of its township and county.
  Done hire(db::Tx& tx, Random& random, const Village& village);
  // Who acts for a unit: a place code or department@county.
  const Person& of_unit(const std::string& unit) const;
  const Person& dispatcher(region::Code township) const;  // assigns
  const Person& reviewer(region::Code township) const;    // closes, having handled nothing
  const std::vector<Person>& residents() const { return residents_; }  // of the last village

  // One account with a random password for each kind of work.
  Result<std::vector<SignIn>> sign_ins(region::Code region, const places::Place& township,
                                       const places::Place& village, region::Code grid);

 private:
  Result<Person> account(db::Tx& tx, const std::string& key, const std::string& shown,
                         const std::string& role, region::Code place, const std::string& unit);
  Done hire_above(db::Tx& tx, Random& random, const Village& village);
  std::string full_name(Random& random) const;

  host::Services& services_;
  const City& city_;
  uint64_t seed_;
  std::unordered_map<std::string, Person> by_unit_;  // also dispatcher:<township>, reviewer:<…>
  std::vector<Person> residents_;
};

}  // namespace linli::demo
