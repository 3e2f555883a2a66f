// A plan's standards held against places and records: what there is, what there should be, and by
// how much it falls short or exceeds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/views.h"

namespace linli::plans {

struct Holding {
  places::Reference place;
  std::string record_id;  // of a standard over a register
  std::string name;       // of the record, else of the place
  std::optional<double> value;
  std::optional<double> minimum;
  std::optional<double> maximum;
  // In the standard's unit; zero when it is kept, none without the numbers.
  std::optional<double> shortfall;
  std::optional<double> excess;
};

struct HoldingPage {
  std::vector<Holding> items;
  std::optional<Code> next;  // the place behind which the next page begins
};

// Refuses `standard.unknown`.
Result<const pack::Standard*> find_standard(const pack::Content& content, std::string_view plan,
                                            std::string_view key);
// The holdings of up to `limit` places after `after`, by code; only those that fail it when
// `failing`. A standard over a register holds all the records of each of these places.
HoldingPage holdings(const Scene& scene, const pack::Standard& standard, Code under, Code after,
                     int64_t limit, bool failing);

}  // namespace linli::plans
