// What the makers of the city share: records in the making, and one village's part of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/demo/content.h"
#include "domain/demo/extras.h"
#include "domain/demo/streets.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "engine/pack/types.h"

namespace linli::demo {

// Records of one register, filled in by the names of their fields; what the packs do not declare
// is left out.
class Sheet {
 public:
  Sheet(const pack::Content& content, std::string_view register_key);
  Loaded start(std::string id, region::Code place, time::Instant at) const;
  void set(Loaded& record, std::string_view field, Value value) const;
  bool has_label(std::string_view label) const;
  const pack::Register* kind() const { return kind_; }

 private:
  const pack::Register* kind_;
  std::unordered_map<std::string_view, size_t> fields_;
};

inline Value yes(bool flag) {
  return int64_t{flag};
}

// Records by register, written together: those that are referred to first.
using Batch = std::map<std::string, std::vector<Loaded>>;

// What is unique in the city. Starts anew with each county, whose code stands in the numbers.
struct Counters {
  int64_t phones = 0;
  int64_t credit_codes = 0;
  std::string county;
  std::unordered_map<int64_t, int64_t> births;  // by date and gender: identity numbers given

  std::string phone();
  std::string credit_code();
  // Empty when the day's numbers are used up.
  std::string id_number(time::Date birth, bool male);
};

struct Village {
  places::Place place;
  places::Place township;
  region::Code county;
  std::string name;  // 解放中路社区, 甲子峪村
  bool urban = false;
  int64_t persons = 0;  // wanted
  double scale = 1;     // of its facilities and posts: persons beside a village of full size
  bool first = false;   // that of the sign-ins: somebody and something waits there for each of them
  Frontage frontage;
  std::vector<places::Place> grids;
  int64_t households = 0;
  std::map<std::string, int64_t> counts;  // by statistic
  std::string secretary;
  struct Resident {
    std::string name;
    std::string phone;
  };
  std::vector<Resident> residents;  // who have accounts

  places::Point somewhere(Random& random) const { return frontage.at(random.share()); }
  places::Point in_centre(Random& random) const {
    return frontage.at(random.share() * frontage.centre);
  }
  // Homes stand in the order of their numbers, and so do grids.
  places::Point of_home(int64_t nth) const {
    return frontage.at((static_cast<double>(nth) + 0.5) / static_cast<double>(households));
  }
  places::Point in_grid(Random& random, size_t nth) const {
    return frontage.at((static_cast<double>(nth) + random.share()) /
                       static_cast<double>(grids.size()));
  }
};
// 解放中路社区居委会 → 解放中路社区; 甲子峪村委会 → 甲子峪村.
std::string short_name(std::string_view official);

struct City {
  City(const pack::Content& content_of_packs, Content made_of, time::Date day,
       std::string network_path)
      : packs(content_of_packs),
        content(std::move(made_of)),
        extras(packs, content.records),
        streets(content.streets, std::move(network_path)),
        today(day) {}

  const pack::Content& packs;
  Content content;
  Extras extras;
  Streets streets;
  time::Date today;
  Setting setting;  // of the village that is being filled in
  Counters counters;
  Batch batch;

  time::Instant start_of_today() const { return time::start_of(today); }
  // A day that long ago at most.
  time::Date recently(Random& random, int64_t days) const {
    return time::add_days(today, -random.below(days) - 1);
  }
  time::Date birth(Random& random, int64_t age) const;
  // Adds a record, completed by the extras, and what belongs to it; gives its id.
  std::string add(const Sheet& sheet, Loaded record);
  // Adds the extras of a place of that level.
  void add_extras(Random& random, std::string_view level, region::Code place);
};

}  // namespace linli::demo
