// Persons as records: names, numbers, work, groups.
#pragma once

#include "domain/demo/city.h"
#include "domain/demo/families.h"

namespace linli::demo {

// Where a household lives.
struct Home {
  region::Code place;  // its grid
  std::string dwelling;
  std::string estate;
  std::string group;  // of villagers, in the country
  std::string address;
};

class People {
 public:
  explicit People(City& city);
  // From now on the first who can be of the groups that a sign-in looks after is of them.
  void begin_first() { wanted_ = looked_after_; }
  // The household with its persons; gives the head's name.
  std::string add(Random& random, Village& village, const Household& household, const Home& home,
                  int64_t number);
  // Name and identity of somebody who is only a worker.
  struct Identity {
    std::string name;
    std::string id_number;
    time::Date birth = 0;
    bool male = false;
  };
  Identity identity(Random& random, int64_t youngest, int64_t oldest);
  std::string education(Random& random, time::Date birth) const;

 private:
  struct Group {
    std::string label;
    int64_t youngest = 0;
    int64_t oldest = 200;
    Both<double> share;
    std::string gender;
    std::string only;
  };
  struct Schooling {
    int64_t from = 0;
    Mix shares;
  };

  std::string employment(Random& random, const Member& member, bool urban) const;
  void add_person(Random& random, Village& village, const Household& household, const Home& home,
                  const Member& member, const std::string& name, const std::string& household_id,
                  const std::string& ethnicity);
  void add_label(Random& random, Loaded& record, const std::string& label);
  // Whoever the group's conditions fit; `belongs` draws those who are of it.
  bool may_belong(const Group& group, const Household& household, const Member& member,
                  const std::string& work) const;
  bool belongs(Random& random, const Group& group, const Household& household, const Member& member,
               const std::string& work, bool urban) const;
  const Mix& ethnicity_of(region::Code place) const;

  City& city_;
  Sheet person_;
  Sheet household_;
  Both<Mix> residence_;
  Both<Mix> employment_;
  Both<json::Value> retired_from_;
  std::vector<Schooling> education_;
  std::map<std::string, Mix> ethnicity_;
  std::vector<Group> groups_;
  std::vector<std::pair<std::string, Both<double>>> household_groups_;
  std::vector<std::string> looked_after_;
  std::vector<std::string> wanted_;  // of those, whom nobody is of yet
  double party_member_ = 0;
  double family_doctor_ = 0;
};

}  // namespace linli::demo
