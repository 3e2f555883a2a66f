// When members of groups change as days pass: birthdays, and labels that begin or end.
#pragma once

#include <optional>
#include <vector>

#include "engine/pack/types.h"
#include "host/module.h"

namespace linli::circles {

class Turns {
 public:
  // How far ahead next() looks: within a year every anniversary comes once.
  static constexpr int64_t kHorizonDays = 366;

  explicit Turns(const pack::Content& content);

  // A group asks for the day otherwise than by the years since a date of the person or by labels:
  // nothing can be told ahead, and everybody is to be looked at each day.
  bool daily() const { return daily_; }
  // The first day after `day` on which the person's groups are others; none within the horizon.
  std::optional<time::Date> next(const host::Change::Side& person, time::Date day) const;

 private:
  void read(const expr::Node& node);

  const pack::Content& content_;
  std::vector<size_t> dates_;  // variables of the person
  bool labels_ = false;
  bool daily_ = false;
};

}  // namespace linli::circles
