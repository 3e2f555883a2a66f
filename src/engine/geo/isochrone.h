// What lies within so many minutes of a point: nodes, doors, and the area as polygons.
//
// The area is drawn from times: each street that is reached lends its times to a raster of 25 m,
// widened by what one walks off the street, and contour() draws the line at the limit. Whether a
// door is inside is decided by its own time, exactly; the polygon is the picture of it.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/contour.h"
#include "engine/geo/search.h"
#include "engine/geo/travel.h"

namespace linli::geo {

struct Polygon {
  std::vector<Location> outer;               // counter-clockwise, not closed
  std::vector<std::vector<Location>> holes;  // clockwise
};

struct TimedDoor {
  uint32_t door = 0;  // in network().doors
  Time time = 0;
};

enum class Direction { from_point, to_point };

class Isochrones {
 public:
  // The travel must outlive it. Keeps scratch memory; for one thread.
  Isochrones(const Travel& travel, Direction direction);

  // Searches from the point; what follows is about this search. `limit` is at most kFar - 1.
  void search(const Anchor& point, Time limit);
  // The time to (or from) another point; kNoTime: not within the limit.
  Time time_of(const Anchor& point) const;
  std::vector<TimedDoor> doors() const;  // ascending by door
  std::vector<Polygon> polygons();
  size_t nodes_reached() const { return reached_.size(); }

 private:
  struct Frame;
  // A street as it leaves a node, with what drawing it needs in one place.
  struct Side {
    Node other = 0;
    uint32_t street = 0;
    Time out = 0;  // to the other end, as searched
    Time back = 0;
    float metres = 0;
    bool bent = false;
    bool reversed = false;  // the node is the street's second end
  };
  std::span<const Side> sides_of(Node node) const {
    return {sides_.data() + side_first_[node], sides_.data() + side_first_[node + size_t{1}]};
  }
  Frame frame() const;
  void draw_side(const Frame& frame, Node node, const Side& side);
  void draw_own_street(const Frame& frame);
  void splat(const Frame& frame, float x, float y, float time);
  void widen(const Frame& frame);

  const Travel& travel_;
  Direction direction_;
  Search search_;
  Anchor point_;
  Time limit_ = 0;
  std::span<const Node> reached_;
  std::vector<uint32_t> side_first_;
  std::vector<Side> sides_;
  std::vector<uint16_t> raster_;
  std::vector<uint16_t> wider_;
};

}  // namespace linli::geo
