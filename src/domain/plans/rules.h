// How differences at single places become additions at every place above, and how places are
// judged on the way. Pure: what stands is asked through World.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/expr/expression.h"
#include "domain/plans/types.h"

namespace linli::plans {

// The values of one record or place, as a Change carries them.
struct LabelSpan {
  std::string_view label;
  time::Date from = 0;
  std::optional<time::Date> to;
};
class Seen : public expr::Record {
 public:
  explicit Seen(const std::vector<Value>& values, std::vector<LabelSpan> labels = {})
      : values_(values), labels_(std::move(labels)) {}
  Value get(size_t variable) const override;
  bool has_label(std::string_view label, time::Date today) const override;

 private:
  const std::vector<Value>& values_;
  std::vector<LabelSpan> labels_;
};

// What a fold asks: what stands without it.
struct World {
  // By counter and place; absent is zero.
  std::function<std::map<std::pair<int64_t, Code>, int64_t>(const std::vector<int64_t>& counters,
                                                            const std::vector<Code>& places)>
      standing;
  // The values of places in the order of their scope; without those that are not active.
  std::function<std::map<Code, std::vector<Value>>(const std::vector<Code>& places)> places;
};

class Fold {
 public:
  explicit Fold(const std::vector<Generation>& generations);

  // A difference at its own place; of a counter of places, 0 asks to judge the place again.
  // Counters that are no longer kept are ignored.
  void add(const Spot& spot, int64_t value);
  // Judges all places that are concerned, from the village up, each for all its counters at once.
  // To be called once, after add().
  void judge(const World& world);
  const Additions& additions() const { return additions_; }

 private:
  struct Judged {  // a generation of a counter of places
    const Generation* generation = nullptr;
    std::vector<int64_t> asked;  // generations of its counter's nested, in their order; 0: none
    std::set<Code> places;
  };
  using Standing = std::map<std::pair<int64_t, Code>, int64_t>;
  void judge(std::vector<Judged>& counters, const std::vector<Code>& places, const World& world);
  bool holds(const Judged& judged, Code place, const std::vector<Value>& values,
             const Standing& standing) const;
  int64_t now_at(int64_t counter, Code place, const Standing& standing) const;

  std::unordered_map<int64_t, const Generation*> generations_;
  std::map<region::Level, std::vector<Judged>, std::greater<>> judged_;  // villages first
  // Which of them a difference of a counter concerns; of a counter of places, itself when it is 0.
  std::unordered_map<int64_t, std::vector<std::pair<region::Level, size_t>>> concerns_;
  Additions additions_;
};

// The generation id of a counter as of a day.
int64_t generation_id(const indicator::Counter& counter, time::Date as_of);
inline time::Date as_of(const indicator::Counter& counter, time::Date today) {
  return counter.uses_today() ? today : 0;
}

// A statistic at a place: its own value, else the sum of its children where every one has a value.
// Only what is needed is asked for: children where their parent has none.
struct StatisticTree {
  // Of each of the places that has one.
  std::function<std::map<Code, double>(const std::vector<Code>& places)> own;
  // Whether some place below it has one.
  std::function<bool(Code place)> any_below;
  std::function<std::vector<Code>(Code parent)> children;
  std::optional<double> at(Code place) const;
};

}  // namespace linli::plans
