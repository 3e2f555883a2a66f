// Timetables: from tours to visits, and when the next one is.
#pragma once

#include "core/json.h"
#include "domain/circles/types.h"
#include "domain/rounds/types.h"

namespace linli::rounds {

// The first day from `now` on which the visit takes place and is not over; none when the timetable
// ends before. Weeks of the cycle are counted from the one in which the timetable begins.
std::optional<time::Date> next_day(const Round& round, const RoundVisit& visit, time::Instant now);

// The visits of an answer, as a timetable keeps them.
std::vector<RoundVisit> visits_of(const json::Value& answer);

// Facilities in service under a place that a text finds by name, pinyin or initials (empty: all),
// by name, at most so many.
std::vector<const circles::Facility*> bases_among(const std::vector<circles::Facility>& known,
                                                  region::Code place, std::string_view query,
                                                  size_t most);

// "08:30" and back. Refuses `round.bad_time`.
std::string clock(int minute);
Result<int> minute_of(std::string_view clock);

}  // namespace linli::rounds
