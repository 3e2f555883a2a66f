// What may be done with places, decided without a database or a clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "domain/places/types.h"

namespace linli::places {

// Urban or rural by the ending of an official name (居委会, 街道 / 村委会, 乡): a first guess that
// an officer confirms.
std::optional<bool> guess_urban(std::string_view name);

// The code for the next grid of a village, or micro-grid of a grid, after the highest ever given.
// Refuses `place.no_grids_here` elsewhere, `place.codes_used_up` after 999 (99) of them.
Result<Code> next_child(Code parent, std::optional<Code> highest_ever);

// Trims; refuses `place.bad_name` when empty, too long or not text.
Result<std::string> check_name(std::string_view name);

struct Edit {
  std::optional<std::string> name;
  std::optional<bool> urban;
  std::optional<std::vector<std::string>> community_types;
};
// Refuses `place.not_active`.
Result<Place> edit(Place place, const Edit& changes);

// Ends a place on a day: alone (closed), or into others of its level (merged, split). A split may
// name the place itself among its parts: it lives on with less.
// Refuses `place.not_active`, `place.level_differs`, `place.successor_missing`,
// `place.successor_not_active`, `place.successor_itself`.
Result<Place> close(Place place, time::Date on);
Result<Place> merge(Place place, time::Date on, const std::vector<Place>& into);
Result<Place> split(Place place, time::Date on, const std::vector<Place>& into);

// How well a place answers a search: lower is better.
enum class Fit { exact, prefix, contains, none };
Fit fit_of(std::string_view key, std::string_view query);

}  // namespace linli::places
