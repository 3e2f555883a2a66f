// Persons and the households they form: the ages come from the census, families from the ages.
#pragma once

#include <vector>

#include "domain/demo/content.h"

namespace linli::demo {

enum class Relation { head, spouse, child, parent, parent_in_law, grandchild, other };
std::string_view name_of(Relation relation);

struct Member {
  int64_t age = 0;
  bool male = false;
  Relation relation = Relation::head;
};

// The head stands first.
using Household = std::vector<Member>;

class Families {
 public:
  explicit Families(const json::Value& people);
  // Exactly so many persons, in households.
  std::vector<Household> make(Random& random, int64_t persons, bool urban) const;

 private:
  struct Ages {
    std::vector<double> upto;  // cumulated five-year groups, ending at 1
  };
  static Ages scale(const json::Value& groups, const json::Value& bands);
  std::vector<Member> draw(Random& random, int64_t persons, bool urban) const;

  Both<Ages> ages_;
  std::vector<double> men_share_;  // by band: to 14, to 59, to 79, above
  Steps married_;
  Steps with_parents_;
  Both<double> couple_with_child_;
  Both<double> alone_with_child_;
  double head_is_wife_ = 0;
};

}  // namespace linli::demo
