// The points of a village where homes are, and who lives at which. Buildings and estates come
// first, then dwellings, households and people.
#pragma once

#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "domain/circles/facts.h"

namespace linli::circles {

void count(std::vector<Cohort>& cohorts, uint64_t groups, int64_t people);

class Settlement {
 public:
  void add_building(const std::string& id, places::Point point) { buildings_[id] = point; }
  void add_estate(const std::string& id, places::Point point) { estates_[id] = point; }
  // Without a point of its own it stands where its building does.
  void add_dwelling(const std::string& id, std::optional<places::Point> point,
                    const std::string& building);
  // Finds the household's point by its dwelling, else its estate.
  void add_household(HouseholdAt household, const std::string& dwelling, const std::string& estate);
  void settle(const std::string& household, uint64_t groups);

  std::vector<HouseholdAt> households() && { return std::move(households_); }
  std::vector<Home> homes() &&;

 private:
  using Points = std::unordered_map<std::string, places::Point>;
  Home& home(const places::Point& point, bool estimate);
  std::vector<places::Point> spread() const;  // where those live whose home is not known

  Points buildings_;
  Points estates_;
  Points dwellings_;
  std::vector<HouseholdAt> households_;
  std::unordered_map<std::string, size_t> number_of_;
  std::vector<Cohort> homeless_;
  std::map<std::tuple<double, double, bool>, size_t> number_;
  std::vector<Home> homes_;
};

}  // namespace linli::circles
