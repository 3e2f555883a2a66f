// What an officer may do to a draft, each a step that can be taken back: pure, so that the same
// step on the same community makes the same grids.
#pragma once

#include "domain/grids/rules.h"

namespace linli::grids {

// A draft with what the registers know now.
struct Scene {
  Draft draft;
  Community community;
  Ground ground;
  Division division;  // of all houses
  bool by_streets = false;
};

struct Command {
  enum class What { move, join, part, draw, rebalance, rename };
  What what = What::move;
  std::vector<std::string> houses;  // of move
  int32_t to = kNone;               // of move; kNone: a new grid
  int32_t grid = kNone;             // of join: it goes into `to`; of part, of rename
  std::string name;                 // of rename
};
Result<Command::What> what_named(std::string_view name);  // refuses `grids.unknown_step`
std::string_view name_of(Command::What what);

struct Outcome {
  Division division;
  std::map<int32_t, std::string> names;
};
// Refuses `grids.unknown_building`, `grids.unknown_grid`, `grids.would_be_cut`,
// `grids.no_villagers_groups`, `place.bad_name`, and `grids.nothing_changes`.
Result<Outcome> decide(const Scene& scene, const Command& command, const std::stop_token& stop);

// What undoing the outcome would need.
Step step_between(const Scene& before, const Outcome& after);

}  // namespace linli::grids
