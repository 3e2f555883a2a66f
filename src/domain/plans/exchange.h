// Values of indicators and statistics as files: CSV for people, ADX for systems (IHE Quality,
// Research and Public Health, Aggregate Data Exchange, built on SDMX). Neither loses anything that
// the other keeps. docs/formats/exchange.md says it in full.
//
//   CSV   plan,indicator,place,period,value,numerator,denominator,kind,evidence
//   ADX   <adx xmlns="urn:ihe:qrph:adx:2015" exported="…">
//           <group dataSet="pingliang" orgUnit="620802" period="2025-01-01/P1Y">
//             <dataValue dataElement="pingliang.7" value="18" kind="reported" numerator="…" …>
//               <annotation>evidence</annotation></dataValue></group></adx>
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/region.h"
#include "core/result.h"
#include "core/time.h"

namespace linli::plans {

struct ExchangedValue {
  std::string plan;       // of a statistic: "statistics"
  std::string indicator;  // or the statistic's key
  region::Code place;
  std::string period;  // never a relative one
  double value = 0;
  std::optional<double> numerator;
  std::optional<double> denominator;
  std::string kind;  // computed, reported, statistic
  std::string evidence;
  friend bool operator==(const ExchangedValue&, const ExchangedValue&) = default;
};

std::string to_csv(const std::vector<ExchangedValue>& values);
std::string to_adx(const std::vector<ExchangedValue>& values, time::Instant exported);

struct ExchangeError {
  int64_t line = 0;
  std::string code;  // exchange.bad_row, place.bad_code, period.bad
};
struct Exchanged {
  std::vector<ExchangedValue> values;
  std::vector<int64_t> lines;  // of each value
  std::vector<ExchangeError> errors;
};
// Every row that can be read, and every one that cannot. Refuses `csv.invalid`, and
// `exchange.bad_header` for other columns.
Result<Exchanged> from_csv(std::string_view text);
// Refuses `xml.invalid`, and `exchange.not_adx` for another document.
Result<Exchanged> from_adx(std::string_view text);

}  // namespace linli::plans
