// The streets of one village: blocks in towns, hamlets along lanes in the country.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/region.h"
#include "domain/demo/content.h"
#include "domain/demo/drawing.h"
#include "domain/demo/frontage.h"
#include "domain/places/api.h"

namespace linli::demo {

// What streets are laid for.
struct Ground {
  region::Code village;
  bool urban = false;
  double persons = 0;
  places::Area area;
  places::Point town;  // that a community belongs to
};

struct Settlement {
  Frontage frontage;
  std::vector<geo::Node> nodes;  // of its streets, that of its middle first
};

// A town's streets are one pattern for the whole county, so that those of neighbouring communities
// meet. Villages of a county come one after the other.
class Towns {
 public:
  explicit Towns(const json::Value& content);  // packs/demo/streets.yaml, urban
  Settlement lay(Random& random, const Ground& ground, Drawing& drawing);

 private:
  using Block = std::pair<int64_t, int64_t>;  // or its crossing to the south-west
  struct County {
    region::Code code;
    Frame frame;
    std::map<Block, geo::Node> nodes;
    std::set<std::pair<Block, Block>> streets;
  };
  double reach_of(const Ground& ground) const;  // from its middle to where its blocks end
  places::Point middle_of(const Ground& ground) const;
  std::vector<Block> blocks_of(const Ground& ground, Spot centre) const;
  Spot crossing(Block at) const;
  geo::Node node(Block at, Drawing& drawing);
  void street(Block from, Block to, Drawing& drawing);

  Spot block_;
  double land_a_person_;
  double uneven_;
  int64_t avenue_every_;
  double setback_;
  double passage_;
  int64_t avenue_kmh_;
  int64_t street_kmh_;
  std::optional<County> county_;
};

class Hamlets {
 public:
  explicit Hamlets(const json::Value& content);  // packs/demo/streets.yaml, rural
  // At least so many hamlets.
  Settlement lay(Random& random, const Ground& ground, int64_t least, Drawing& drawing) const;

 private:
  // One street with lanes to both sides; gives the node of its middle.
  geo::Node lay_hamlet(Random& random, const Frame& frame, Spot middle, Settlement& made,
                       Drawing& drawing) const;
  void front(const Frame& frame, Spot from, Spot to, Frontage& frontage) const;

  Span number_;
  Span apart_;
  Span main_street_;
  Span lane_;
  Span lanes_apart_;
  double setback_;
  int64_t street_kmh_;
  int64_t lane_kmh_;
};

}  // namespace linli::demo
