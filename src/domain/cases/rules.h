// Who is what to a case, who answers for it, and what figures see of it. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/value.h"
#include "domain/cases/types.h"
#include "engine/pack/types.h"
#include "host/actor.h"

namespace linli::cases {

// "department@county" for a department; place codes stand for themselves.
std::string department_unit(std::string_view department, region::Code place);
// The first route that fits; empty when none does.
std::string route(const pack::CaseKind& kind, const pack::Content& content, const Case& opened,
                  time::Date today);

// The value of each variable of the kind's scope, in its order.
std::vector<Value> values_of(const pack::CaseKind& kind, const pack::Content& content,
                             const Case& shown);

bool fits(const expr::Expression& condition, const pack::CaseKind& kind,
          const pack::Content& content, const Case& shown, time::Date today);

// What the first event keeps, and the case that the log alone gives back: all that figures see
// but the place's attributes.
json::Value facts_of(const pack::CaseKind& kind, const Case& opened);
Case fold(const pack::CaseKind& kind, const std::vector<LoggedEvent>& events);
// Where the case lies after an event: a unit under its place says more exactly where it is, and
// grids that were drawn anew say where it is now.
region::Code place_after(region::Code place, const workflow::Event& event);

// Whether the actor works for the unit: a department's own people, or those in whose territory
// the place lies.
bool works_for(const host::Actor& actor, std::string_view unit);
// The units a department's worker is bound to; empty for those bound by territory alone.
std::vector<std::string> bound_units(const host::Actor& actor);
workflow::Standing standing_of(const host::Actor& actor, const Case& shown);
// Whether the actor may read the case as a worker (the reporter has a view of his own).
bool may_read(const host::Actor& actor, const Case& shown);
bool is_reporter(const host::Actor& actor, const Case& shown);

// 2025-620802-000123
std::string number_of(region::Code county, int64_t year, int64_t count);

// The parts of the territories that lie under the place.
std::vector<region::Code> within(const std::vector<region::Code>& territories, region::Code place);

// The first words of the description; digits that may be a number of a person are dotted out.
std::string excerpt(const Case& shown);
std::string masked_name(std::string_view name);
std::string masked_phone(std::string_view phone);

// How many pairs of neighbouring signs of the one text the other has too: how alike they sound.
int64_t shared_pairs(std::string_view a, std::string_view b);

double distance_m(places::Point a, places::Point b);
// Cells of half a hundredth of a degree; those that a circle may touch.
int64_t cell_of(places::Point point);
std::vector<int64_t> cells_around(places::Point point, double radius_m);

}  // namespace linli::cases
