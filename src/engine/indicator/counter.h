// Counters: what is kept so that figures are live.
//
// Every aggregate that the measures, indicators, checks and standards of the packs name,
// count(worker where …) or sum(facility.area where …), is one counter. A record's contribution to a
// counter depends on the record alone, so that a change moves the counter by the difference, at the
// record's place and at every place above it. Values are kept in millionths as 64-bit integers:
// sums are exact whatever their order.
//
// Three kinds: stocks (of registers: what there is today), flows (of cases: by the month and
// the day on which they were opened) and places (how many communities, townships or counties fulfil
// a condition, which may ask for other counters of that place).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"
#include "core/expr/tree.h"
#include "core/region.h"
#include "engine/indicator/period.h"
#include "engine/pack/types.h"

namespace linli::indicator {

inline constexpr int64_t kMillion = 1'000'000;

struct Counter {
  enum class Kind { stock, flow, places };
  // A field by whose values the counter is kept apart, and its position in the kind's scope.
  struct Split {
    std::string field;
    size_t variable = 0;
  };

  std::string key;  // canonical: the aggregate's text, then the splits
  Kind kind = Kind::stock;
  std::shared_ptr<const expr::Aggregate> aggregate;
  std::vector<Split> by;
  size_t opened_on = 0;                          // of flows: its position in the scope
  bool in_total = true;                          // is kept without a period (flows: when nested)
  region::Level level = region::Level::village;  // of places
  std::vector<const Counter*> nested;            // of places: what its condition asks

  const std::string& subject() const { return aggregate->kind; }
  bool uses_today() const { return aggregate->uses_today; }
};

// A number for any text, the same in every program: what stands for a key in tables.
int64_t number_of(std::string_view key);

// All counters that a content needs.
class Book {
 public:
  explicit Book(const pack::Content& content);
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  const std::vector<std::unique_ptr<Counter>>& all() const { return counters_; }
  const Counter* find(const expr::Aggregate& aggregate) const;  // null: no such aggregate
  // Counts all records of a register: zero means that nobody keeps it yet. Null for other kinds.
  const Counter* presence(std::string_view register_key) const;

 private:
  struct Wanted;
  const Counter* add(const pack::Content& content, const Wanted& wanted);

  std::vector<std::unique_ptr<Counter>> counters_;
  std::map<std::string, Counter*, std::less<>> by_text_;
  std::map<std::string, const Counter*, std::less<>> presence_;
};

// A part of what one record contributes: dimension "" is the whole, "subject=noise" one value of a
// split, "day subject=noise" the same of a day (months are read without their days between them);
// period 0 is without a period, else the code of a month or day (period.h).
struct Share {
  std::string dimension;
  Code period = 0;
  int64_t value = 0;
};

// How the dimensions of a split begin, of days or of everything else.
std::string start_of_dimension(const std::string& field, bool of_days);

// Adds what shares() reads of a record.
void add_needs(const Counter& counter, expr::Needs& needs);

// What a record contributes to a stock or flow, on a day. Nothing when the condition does not
// hold.
std::vector<Share> shares(const Counter& counter, const expr::Record& record, time::Date day);

// What a place contributes to a counter of places: one, or nothing. `figure` answers for the
// counters in its condition.
int64_t share(const Counter& counter, const expr::Record& place, time::Date day,
              const std::function<Value(const expr::Aggregate&)>& figure);

// A kept value as the expression sees it: counts and sums of integers are integers.
Value shown(const expr::Aggregate& aggregate, int64_t value);

}  // namespace linli::indicator
