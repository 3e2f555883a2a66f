// What a drawing of grids has to keep and how it compares, decided without a database or a clock.
#pragma once

#include "domain/grids/neighbours.h"
#include "domain/grids/types.h"
#include "engine/grids/edit.h"
#include "engine/pack/types.h"

namespace linli::grids {

// The grid right below `parent` in which the place lies; kNone: in none.
int32_t number_in(Code parent, Code place);
Code code_of(Code parent, int32_t number);

// The standards of the packs that say how large the grids (or micro-grids) below such a place
// must be: of plans whose territory holds it, in force on that day.
std::vector<const pack::Standard*> standards_for(const pack::Content& content,
                                                 const Community& community,
                                                 const places::Attributes& attributes,
                                                 time::Date today);
LocalRule rule_of(const pack::Standard& standard);
// An officer's own range. Refuses `grids.wrong_rule` unless 0 <= least <= most and most > 0.
Result<LocalRule> own_rule(double least, double most, bool by_groups);

// A community as the engine sees it, its houses in their order.
struct Ground {
  Area area;
  Rule rule;
  std::map<int64_t, std::string> blocks;  // group → record of the estate or villagers' group
  // With groups as grids: houses of which no villagers' group is known, put with the nearest.
  std::vector<std::string> without_group;
};
// Estates and villagers' groups that a grid can hold stay together; an estate too large for one
// grid may be parted between its buildings.
Ground ground(const Community& community, const LocalRule& rule, const Walk& walk);

// The grids of the houses as they are recorded: of most of a house's households.
GridOf in_force(const Community& community);
Division division_of(const Community& community, const GridOf& grid_of);
GridOf grid_of(const Community& community, const Division& division);
// A draft's division of the houses that there are now: those that it does not know join a
// neighbour. Without any grid they are all in the first new one.
Division complete(const Community& community, const Ground& ground, const GridOf& grid_of);

// Gives each grid of a drawing the number of the one before with which it shares most households,
// and new numbers to the others.
Division keep_numbers(const Community& community, const Division& before, const Division& drawn);
int32_t fresh_number(const Division& division);

Change change_of(const Community& community, const Division& division);

// All houses of the estate or villagers' group that stays together, for each house that is named.
// Refuses `grids.unknown_building`.
Result<std::vector<uint32_t>> with_their_group(const Community& community, const Ground& ground,
                                               const std::vector<std::string>& houses);

// A new grid's name by the packs' pattern; `given` names come first.
std::string name_of_grid(const Community& community, const pack::Content& content,
                         const LocalRule& rule, const GridOf& grid_of,
                         const std::map<int32_t, std::string>& given, int32_t number);

// What the households that lie nowhere are called in a grid (facts.h).
std::string not_placed_in(Code grid);

// Faults that no grid may have: all but its size.
bool is_proven(const std::vector<Fault>& faults);
bool is_in_range(const std::vector<Fault>& faults);

}  // namespace linli::grids
