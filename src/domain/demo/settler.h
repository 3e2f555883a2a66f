// Everything that a village has, made at once: records in the city's batch.
#pragma once

#include "domain/demo/city.h"
#include "domain/demo/families.h"
#include "domain/demo/homes.h"
#include "domain/demo/people.h"
#include "domain/demo/stock.h"

namespace linli::demo {

class Settler {
 public:
  Settler(City& city, uint64_t seed);
  // Grids, streets, homes, persons, facilities, organisations, workers, and the first time those of
  // its township and county. Villages come in the order of their codes, with persons; `area` is
  // where its streets may lie and `town` where its township is.
  void fill_in(Village& village, const places::Area& area, places::Point town);

 private:
  void set_out(Village& village);
  void draw_streets(Village& village, const places::Area& area, places::Point town);

  City& city_;
  uint64_t seed_;
  Families families_;
  People people_;
  Homes homes_;
  Stock stock_;
  Both<std::vector<std::pair<std::string, double>>> types_;
  region::Code last_township_;
  region::Code last_county_;
};

}  // namespace linli::demo
