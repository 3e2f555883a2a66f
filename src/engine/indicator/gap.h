// What a ratio lacks to its target, which parts hold it back, and which would carry it over.
//
// value = factor · N / D. To reach the target t, the whole lacks t/factor·D − N of the numerator;
// so does each part. The lacks of parts sum to the whole's, so that the parts with the largest lack
// carry the whole over the target with the fewest places.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace linli::indicator {

struct Part {
  double numerator = 0;
  double denominator = 0;
};

struct Pull {
  double value = 0;   // the part's own; 0 where its denominator is
  double weight = 0;  // its share of the whole's denominator
  double pull = 0;    // what it adds to (or takes from) the distance between value and target
  double lack = 0;    // of its numerator to the target, never below 0
};

struct Carrier {
  size_t part = 0;
  double effort = 0;    // of the numerator
  double together = 0;  // with all before it
  bool enough = false;  // these alone carry the whole over the target
};

struct Gap {
  double value = 0;
  double lack = 0;  // of the whole's numerator to the target, never below 0
  std::vector<Pull> pulls;
  std::vector<Carrier> carriers;  // by effort, the largest first, as far as they are needed
};

// `fewer` turns the sides: a value above the target lacks. Of whole things (a count) lacks are
// rounded up. None where the whole has no denominator.
std::optional<Gap> gap_of(const Part& whole, const std::vector<Part>& parts, double factor,
                          double target, bool fewer, bool whole_things);

}  // namespace linli::indicator
