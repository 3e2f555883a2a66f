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
// shorter name, the lower code. Prefixes are found everywhere; parts of a name only where few
// places can hold it: everything under a county, villages under a city, counties of the nation.
std::vector<Hit> search(db::Tx& tx, const Search& asked);

}  // namespace linli::places
