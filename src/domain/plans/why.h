// Why an indicator is what it is: which places below pull it, which would carry it over the
// target, and which places a count of places counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/evaluation.h"
#include "domain/plans/views.h"
#include "engine/indicator/gap.h"

namespace linli::plans {

struct Why {
  IndicatorView whole;
  struct Child {
    places::Reference place;
    IndicatorView view;
    std::optional<indicator::Pull> pull;  // none without numbers, or where nothing is a ratio
    std::optional<double> share;          // of the whole's value, of what is no ratio
    std::optional<Standing> standing;     // of a share of counted things
  };
  std::vector<Child> children;
  std::optional<double> lack;  // of the numerator (or of the value) to the target
  struct Carrier {
    places::Reference place;
    indicator::Carrier step;
  };
  std::vector<Carrier> carriers;
  // What the whole has beyond its children's sum: what lies at the place itself, or in numbers from
  // outside that do not add up. None where nothing is a ratio.
  std::optional<indicator::Part> rest;
};
Why why(const Scene& scene, const pack::PlanHeader& plan, const pack::Indicator& of, Code place);

// Behind a count of places: those that it counted and those that it did not.
struct PlacesBehind {
  std::string text;  // of the aggregate
  std::vector<places::Reference> counted;
  std::vector<places::Reference> others;
};
// `part` as for records_behind. Refuses `figure.unknown`, and `place.too_wide` above a county.
Result<std::vector<PlacesBehind>> places_behind(const Scene& scene, std::string_view key,
                                                std::string_view part, Code place);

}  // namespace linli::plans
