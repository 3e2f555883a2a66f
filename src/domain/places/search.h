// Suggestions for a typed name: Chinese, pinyin or initials.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "domain/places/types.h"

namespace linli::places {

struct Search {
  std::string_view text;  // several words narrow: "平凉 崆峒" is 崆峒 under the best 平凉
  Code under;
  std::optional<Level> level;
  int64_t limit = 20;
};

struct Hit {
  Code code;
  std::string name;
  std::string path;  // "甘肃省 平凉市 崆峒区": the ancestors and itself
};

// Active places, the better fit first (exact, prefix, contains), then the higher level, the
// shorter name, the lower code. Under a county everything is searched, under a city all but grids;
// in a province or the nation prefixes of all names, and parts of the names down to counties.
std::vector<Hit> search(db::Tx& tx, const Search& asked);

}  // namespace linli::places
