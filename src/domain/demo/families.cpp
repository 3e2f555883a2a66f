#include "domain/demo/families.h"

#include <algorithm>
#include <array>
#include <optional>

namespace linli::demo {
namespace {

constexpr int64_t kGroup = 5;
constexpr int64_t kOldest = 101;
// Mothers are this much older than their children, and fathers of grown children than theirs.
constexpr int64_t kYoungestMother = 20;
constexpr int64_t kOldestMother = 42;
constexpr int64_t kMotherBefore = 27;

size_t band_of(int64_t age) {
  return age < 15 ? 0 : age < 60 ? 1 : age < 80 ? 2 : 3;
}

// A couple or a lone person with children and parents, before it is a Household.
struct Family {
  std::optional<Member> man;
  std::optional<Member> woman;
  std::vector<Member> children;
  std::vector<Member> parents;
  bool joined = false;  // went to live with a child

  int64_t mother_age() const { return woman ? woman->age : man->age - 2; }
};

// Families by the age of the mother.
class Shelf {
 public:
  void add(size_t family, int64_t age) {
    by_age_[static_cast<size_t>(std::clamp<int64_t>(age, 0, kOldest))].push_back(family);
  }
  // One whose mother is of that age, or the nearest in the range.
  std::optional<size_t> near(Random& random, int64_t wanted, int64_t low, int64_t high) const {
    for (int64_t distance = 0; distance <= high - low; ++distance) {
      for (const int64_t age : {wanted - distance, wanted + distance}) {
        if (age < low || age > high || age < 0 || age > kOldest) continue;
        const auto& list = by_age_[static_cast<size_t>(age)];
        if (!list.empty()) return random.one_of(list);
      }
    }
    return std::nullopt;
  }

 private:
  std::array<std::vector<size_t>, kOldest + 1> by_age_;
};

Household household_of(Random& random, const Family& family, double head_is_wife) {
  Household household;
  const bool wife_first = !family.man || (family.woman && random.chance(head_is_wife));
  const std::optional<Member>& head = wife_first ? family.woman : family.man;
  const std::optional<Member>& other = wife_first ? family.man : family.woman;
  const auto add = [&](Member member, Relation relation) {
    member.relation = relation;
    household.push_back(member);
  };
  add(*head, Relation::head);
  if (other) add(*other, Relation::spouse);
  for (const Member& child : family.children) {
    add(child, child.age + 45 < head->age ? Relation::grandchild : Relation::child);
  }
  for (const Member& parent : family.parents) {
    add(parent, wife_first ? Relation::parent_in_law : Relation::parent);
  }
  return household;
}

}  // namespace

std::string_view name_of(Relation relation) {
  constexpr std::array<std::string_view, 7> kNames = {
      "head", "spouse", "child", "parent", "parent_in_law", "grandchild", "other"};
  return kNames[static_cast<size_t>(relation)];
}

Families::Families(const json::Value& people)
    : ages_{scale(at(people, "ages.five_year_groups"), at(people, "ages.urban")),
            scale(at(people, "ages.five_year_groups"), at(people, "ages.rural"))},
      married_(at(people, "families.married")),
      with_parents_(at(people, "families.with_parents")) {
  for (const json::Value& men : at(people, "ages.men_per_100_women").as_array()) {
    men_share_.push_back(men.as_number() / (men.as_number() + 100));
  }
  const json::Value& elderly = at(people, "families.elderly_with_child");
  couple_with_child_ = {at(elderly, "urban.couple").as_number(),
                        at(elderly, "rural.couple").as_number()};
  alone_with_child_ = {at(elderly, "urban.alone").as_number(),
                       at(elderly, "rural.alone").as_number()};
  head_is_wife_ = at(people, "families.head_is_wife").as_number();
}

Families::Ages Families::scale(const json::Value& groups, const json::Value& bands) {
  std::array<double, 3> sums{};
  const auto band = [](size_t group) { return group < 3 ? 0U : group < 12 ? 1U : 2U; };
  const json::Array& list = groups.as_array();
  for (size_t i = 0; i < list.size(); ++i) sums[band(i)] += list[i].as_number();
  Ages ages;
  double sum = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    sum += list[i].as_number() / sums[band(i)] * bands.as_array().at(band(i)).as_number();
    ages.upto.push_back(sum);
  }
  for (double& upto : ages.upto) upto /= sum;
  return ages;
}

// Stratified, so that a small village too has the shape of the census.
std::vector<Member> Families::draw(Random& random, int64_t persons, bool urban) const {
  const std::vector<double>& upto = ages_.of(urban).upto;
  std::vector<Member> members;
  for (int64_t i = 0; i < persons; ++i) {
    const double share = (static_cast<double>(i) + random.share()) / static_cast<double>(persons);
    const auto group = std::min<int64_t>(
        std::upper_bound(upto.begin(), upto.end(), share) - upto.begin(), std::ssize(upto) - 1);
    Member member;
    member.age = group * kGroup + random.below(kGroup);
    member.male = random.chance(men_share_[band_of(member.age)]);
    members.push_back(member);
  }
  return members;
}

std::vector<Household> Families::make(Random& random, int64_t persons, bool urban) const {
  std::vector<Member> husbands;
  std::vector<Member> wives;
  std::vector<Member> single;
  std::vector<Member> minors;
  for (const Member& member : draw(random, persons, urban)) {  // by age
    if (member.age < 18) {
      minors.push_back(member);
    } else if (random.chance(married_.at(member.age))) {
      (member.male ? husbands : wives).push_back(member);
    } else {
      single.push_back(member);
    }
  }

  // Couples of like age: the longer list gives up persons evenly.
  std::vector<Family> families;
  const size_t couples = std::min(husbands.size(), wives.size());
  const auto thin = [&](std::vector<Member>& longer) {
    std::vector<Member> kept;
    size_t taken = 0;
    for (size_t i = 0; i < longer.size(); ++i) {
      const bool take = (i + 1) * couples / longer.size() > taken;
      taken += take ? 1 : 0;
      (take ? kept : single).push_back(longer[i]);
    }
    longer = std::move(kept);
  };
  thin(husbands);
  thin(wives);
  for (size_t i = 0; i < couples; ++i) {
    families.push_back({.man = husbands[i], .woman = wives[i]});
  }
  Shelf shelf;
  for (size_t i = 0; i < families.size(); ++i) shelf.add(i, families[i].mother_age());

  const auto to_parents = [&](const Member& child, int64_t oldest) {
    const int64_t wanted = child.age + kMotherBefore + random.between(int64_t{-4}, int64_t{5});
    const auto found = shelf.near(random, wanted, child.age + kYoungestMother, child.age + oldest);
    if (!found) return false;
    families[*found].children.push_back(child);
    return true;
  };
  std::vector<Member> orphaned;
  for (const Member& minor : minors) {
    if (!to_parents(minor, kOldestMother) && !to_parents(minor, 75)) orphaned.push_back(minor);
  }
  std::vector<Family> alone;
  for (const Member& adult : single) {
    const bool at_home = adult.age < 60 && random.chance(with_parents_.at(adult.age));
    if (at_home && to_parents(adult, kOldestMother)) continue;
    if (adult.age >= 60 && random.chance(alone_with_child_.of(urban))) {
      const int64_t child_age = adult.age - kMotherBefore;
      const auto found =
          shelf.near(random, child_age, adult.age - kOldestMother, adult.age - kYoungestMother);
      if (found && families[*found].parents.size() < 2) {
        families[*found].parents.push_back(adult);
        continue;
      }
    }
    alone.push_back(adult.male ? Family{.man = adult} : Family{.woman = adult});
  }
  for (size_t i = 0; i < couples; ++i) {
    Family& elders = families[i];
    const bool free = elders.woman->age >= 60 && elders.children.empty() && elders.parents.empty();
    if (!free || !random.chance(couple_with_child_.of(urban))) continue;
    const auto found =
        shelf.near(random, elders.woman->age - kMotherBefore, elders.woman->age - kOldestMother,
                   elders.woman->age - kYoungestMother);
    if (!found || *found == i || families[*found].joined || !families[*found].parents.empty()) {
      continue;
    }
    families[*found].parents = {*elders.man, *elders.woman};
    elders.joined = true;
  }
  for (Family& family : alone) families.push_back(std::move(family));
  if (families.empty() && !orphaned.empty()) {
    families.push_back({.woman = orphaned.back()});
    orphaned.pop_back();
  }
  for (size_t i = 0; i < orphaned.size(); ++i) {
    families[i % families.size()].children.push_back(orphaned[i]);
  }

  std::vector<Household> households;
  for (const Family& family : families) {
    if (!family.joined) households.push_back(household_of(random, family, head_is_wife_));
  }
  for (size_t i = households.size(); i > 1; --i) {
    const auto other = static_cast<size_t>(random.below(static_cast<int64_t>(i)));
    std::swap(households[i - 1], households[other]);
  }
  return households;
}

}  // namespace linli::demo
