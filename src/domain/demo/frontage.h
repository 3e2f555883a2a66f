// Where things of a village stand: beside its streets.
#pragma once

#include <vector>

#include "core/value.h"
#include "domain/places/types.h"

namespace linli::demo {

// Metres east and north of an origin.
struct Spot {
  double x = 0;
  double y = 0;
};
inline Spot operator+(Spot a, Spot b) {
  return {a.x + b.x, a.y + b.y};
}
inline Spot operator-(Spot a, Spot b) {
  return {a.x - b.x, a.y - b.y};
}
inline Spot operator*(Spot a, double times) {
  return {a.x * times, a.y * times};
}
double length_of(Spot spot);
// Of that length, to the left.
Spot aside(Spot along, double metres);

// A flat picture of the ground around an origin, true enough for a county.
class Frame {
 public:
  explicit Frame(places::Point origin);
  Spot spot(places::Point point) const;
  places::Point point(Spot spot) const;

 private:
  places::Point origin_;
  double metres_a_lon_;
};

// As registers keep a point.
Value point_value(places::Point point);

// The lines that houses stand along, in the order in which they are numbered.
class Frontage {
 public:
  void add(places::Point from, places::Point to, double metres);
  bool empty() const { return lines_.empty(); }
  double metres() const { return empty() ? 0 : lines_.back().upto; }
  // The spot at a share (0 to 1) of all lines; needs one.
  places::Point at(double share) const;

  double centre = 1;  // the share that is the middle of the village: it comes first

 private:
  struct Line {
    places::Point from;
    places::Point to;
    double upto = 0;
  };
  std::vector<Line> lines_;
};

}  // namespace linli::demo
