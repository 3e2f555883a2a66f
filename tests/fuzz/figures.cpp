// What strangers give of figures: names of periods and packages of evidence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/indicator/evidence.h"
#include "engine/indicator/period.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace linli;  // NOLINT: a program of one file
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr time::Date kToday = 20250310;
  if (const auto period = indicator::parse_period(text, kToday)) {
    if (period->from > period->to && period->text.rfind("since_", 0) != 0) std::abort();
    static_cast<void>(indicator::codes_of(*period));
    static_cast<void>(indicator::from_iso(indicator::to_iso(*period)));
  }
  static_cast<void>(indicator::from_iso(text));
  static_cast<void>(indicator::verify_evidence(text));
  return 0;
}
