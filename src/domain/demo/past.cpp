#include "domain/demo/past.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/demo/content.h"
#include "domain/plans/api.h"

namespace linli::demo {

namespace {

using indicator::kMillion;

constexpr double kDaysAYear = 365.25;

std::vector<time::Date> ends_of(const json::Value& content, time::Date today) {
  const int64_t months = whole_at(content, "months");
  const time::Date first = today / 100 * 100 + 1;
  std::vector<time::Date> ends;
  for (int64_t back = 0; back < months; ++back) {
    ends.push_back(time::add_days(time::add_months(first, -static_cast<int>(back)), -1));
  }
  for (const json::Value& year : at(content, "years").as_array()) {
    ends.push_back(std::llround(year.as_number()) * 10000 + 1231);
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::erase_if(ends, [&](time::Date end) { return end >= today; });
  return ends;
}

// From 0 to 1, the same for a counter at a place whenever it is asked: which records came late.
double chance_of(uint64_t seed, const indicator::Counter& counter, region::Code place) {
  constexpr double kSteps = 1 << 20;
  const uint64_t number = part_of(counter.key + place.text() + std::to_string(seed));
  return static_cast<double>(number % (1 << 20)) / kSteps;
}

// How many conditions something fulfils: of places those that ask for other figures, for being a
// town is no achievement.
int conditions_of(const indicator::Counter& counter) {
  if (!counter.aggregate->condition) return 0;
  if (counter.kind == indicator::Counter::Kind::places) {
    return static_cast<int>(counter.nested.size());
  }
  int conditions = 1;
  for (size_t at = counter.key.find(" and "); at != std::string::npos;
       at = counter.key.find(" and ", at + 1)) {
    ++conditions;
  }
  return conditions;
}

}  // namespace

void keep_past(host::Services& services, const json::Value& content, uint64_t seed,
               int64_t villages, time::Date today) {
  if (villages > whole_at(content, "villages_up_to")) return;
  const json::Value& growth = at(content, "growth");
  const double fulfilling = at(content, "fulfilling").as_number();
  const double wave = at(content, "wave").as_number();
  const auto past = [&](const indicator::Counter& counter, region::Code place, time::Date end,
                        int64_t value) {
    const json::Value* own = growth.find(counter.subject());
    const double rate = (own == nullptr ? at(growth, "other") : *own).as_number() +
                        fulfilling * conditions_of(counter);
    const double years = static_cast<double>(time::days_between(end, today)) / kDaysAYear;
    const double chance = chance_of(seed, counter, place);
    const double swing = wave * std::sin(2 * std::numbers::pi * (years + chance));
    const double part = std::max(0.0, std::pow(1 + rate, -years) + swing);
    // Whole records: the part that is lost by rounding goes by chance.
    const double whole = static_cast<double>(value) / static_cast<double>(kMillion);
    return std::min(value, static_cast<int64_t>(std::floor(whole * part + chance)) * kMillion);
  };
  plans::keep_past(services, ends_of(content, today), past);
}

std::map<int64_t, double> past_years(const json::Value& content, time::Date today) {
  const double rate = at(content, "growth.person").as_number();
  const int64_t last = today / 10000 - 1;
  std::map<int64_t, double> parts = {{last, 1}};
  for (time::Date end : ends_of(content, today)) {
    const int64_t year = end / 10000;
    if (year < last) parts[year] = std::pow(1 + rate, static_cast<double>(year - last));
  }
  return parts;
}

}  // namespace linli::demo
