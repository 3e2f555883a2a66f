#include "domain/grids/steps.h"

#include <algorithm>

namespace linli::grids {
namespace {

// A community answers within a second; a larger one may take a few.
constexpr double kEffort = 0.05;
constexpr size_t kLongestName = 100;

Control control_of(const std::stop_token& stop) {
  return {.effort = kEffort, .stop = stop};
}

bool exists(const Division& division, int32_t grid) {
  return grid != kNone && std::find(division.begin(), division.end(), grid) != division.end();
}

Result<Division> draw(const Scene& scene, bool anew, const std::stop_token& stop) {
  if (scene.ground.rule.groups_are_grids && scene.community.villagers_groups.empty()) {
    return refuse(ErrorKind::conflict, "grids.no_villagers_groups");
  }
  const Ground& ground = scene.ground;
  const Control control = control_of(stop);
  const bool by_groups = ground.rule.groups_are_grids;
  if (!anew && !by_groups) {
    Division division = TRY(rebalance(ground.area, ground.rule, scene.division, control)).division;
    // The engine counts on from the highest number; a draft's new grids have numbers of their own.
    int32_t fresh = fresh_number(scene.division);
    std::map<int32_t, int32_t> renamed;
    for (int32_t& grid : division) {
      if (exists(scene.division, grid)) continue;
      const auto [known, is_new] = renamed.try_emplace(grid, fresh);
      if (is_new) ++fresh;
      grid = known->second;
    }
    return division;
  }
  const Answer answer = TRY(divide(ground.area, ground.rule, control));
  return keep_numbers(scene.community, scene.division, answer.division);
}

Result<Division> moved(const Scene& scene, const Command& command) {
  const std::vector<uint32_t> houses =
      TRY(with_their_group(scene.community, scene.ground, command.houses));
  int32_t to = command.to;
  if (to == kNone) {
    to = fresh_number(scene.division);
  } else if (!exists(scene.division, to)) {
    return refuse(ErrorKind::invalid, "grids.unknown_grid");
  }
  return TRY(move_buildings(scene.ground.area, scene.ground.rule, scene.division, houses, to))
      .division;
}

Result<Outcome> renamed(const Scene& scene, const Command& command) {
  if (!exists(scene.division, command.grid)) {
    return refuse(ErrorKind::invalid, "grids.unknown_grid");
  }
  if (command.name.empty() || command.name.size() > kLongestName) {
    return refuse(ErrorKind::invalid, "place.bad_name");
  }
  Outcome outcome{scene.division, scene.draft.names};
  outcome.names[command.grid] = command.name;
  return outcome;
}

}  // namespace

std::string_view name_of(Command::What what) {
  constexpr std::string_view kNames[] = {"move", "join", "part", "draw", "rebalance", "rename"};
  return kNames[static_cast<size_t>(what)];
}

Result<Command::What> what_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Command::What::rename); ++i) {
    if (name_of(static_cast<Command::What>(i)) == name) return static_cast<Command::What>(i);
  }
  return refuse(ErrorKind::invalid, "grids.unknown_step", std::string(name));
}

Result<Outcome> decide(const Scene& scene, const Command& command, const std::stop_token& stop) {
  const Ground& ground = scene.ground;
  Outcome outcome{scene.division, scene.draft.names};
  switch (command.what) {
    case Command::What::move:
      outcome.division = TRY(moved(scene, command));
      break;
    case Command::What::join:
      outcome.division =
          TRY(join(ground.area, ground.rule, scene.division, command.to, command.grid)).division;
      break;
    case Command::What::part:
      outcome.division = TRY(part(ground.area, ground.rule, scene.division, command.grid,
                                  fresh_number(scene.division), control_of(stop)))
                             .division;
      break;
    case Command::What::draw:
    case Command::What::rebalance:
      outcome.division = TRY(draw(scene, command.what == Command::What::draw, stop));
      break;
    case Command::What::rename:
      outcome = TRY(renamed(scene, command));
      break;
  }
  if (outcome.division == scene.division && outcome.names == scene.draft.names) {
    return refuse(ErrorKind::conflict, "grids.nothing_changes");
  }
  return outcome;
}

Step step_between(const Scene& before, const Outcome& after) {
  Step step;
  for (size_t i = 0; i < after.division.size(); ++i) {
    if (before.division[i] == after.division[i]) continue;
    step.grid_before[before.community.houses[i].id] = before.division[i];
  }
  for (const auto& [number, name] : after.names) {
    const auto known = before.draft.names.find(number);
    if (known == before.draft.names.end()) {
      step.name_before[number] = std::nullopt;
    } else if (known->second != name) {
      step.name_before[number] = known->second;
    }
  }
  return step;
}

}  // namespace linli::grids
