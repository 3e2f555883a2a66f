// A county for tests: its villages as the platform would list them.
#pragma once

#include <string>
#include <vector>

#include "domain/demo/city.h"

namespace linli::demo::testing {

// Three townships of `towns` communities each, then fifteen of 17 villages.
inline std::vector<Village> county(int towns = 8) {
  std::vector<Village> villages;
  const auto add = [&](int64_t township, int count, bool urban) {
    for (int64_t nth = 1; nth <= count; ++nth) {
      Village village;
      village.place.code = region::Code((620'802'000'000 + township * 1000 + nth) * 100'000);
      village.township.code = village.place.code.at(region::Level::township);
      village.township.name = (urban ? "街道" : "乡") + std::to_string(township);
      village.county = village.place.code.at(region::Level::county);
      village.name = (urban ? "社区" : "村") + std::to_string(township * 100 + nth);
      village.urban = urban;
      villages.push_back(std::move(village));
    }
  };
  for (int64_t township = 1; township <= 3; ++township) add(township, towns, true);
  for (int64_t township = 101; township <= 115; ++township) add(township, 17, false);
  return villages;
}

}  // namespace linli::demo::testing
