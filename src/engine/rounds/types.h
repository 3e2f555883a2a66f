// Rounds of mobile services (SVC-15): which stop on which days, in which order, at what time.
//
// A cycle of days repeats, so that every stop has its stable days and times. Stops are chosen
// before (engine/siting); minutes between them come from whoever knows the roads.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <vector>

namespace linli::rounds {

struct Stop {
  double stay_minutes = 0;
  int visits = 1;   // in a cycle
  double load = 0;  // of what a vehicle carries, at each visit
  // The days on which it may be served, one bit a day, the first day lowest; one of them is chosen.
  // Empty: as evenly spread over the cycle as can be.
  std::vector<uint32_t> patterns = {};
};

struct Question {
  std::vector<Stop> stops;
  // From row to column, minutes; 0 is the base, stop n is n + 1.
  std::vector<std::vector<double>> minutes;
  int days = 5;      // of a cycle, at most 31
  int vehicles = 1;  // a day
  // Of a tour, with its stays; to wait for round times comes on top.
  double most_minutes = std::numeric_limits<double>::infinity();
  double capacity = std::numeric_limits<double>::infinity();
  double start_minute = 8 * 60;  // of the day
  double round_to = 5;           // published times
};

struct Visit {
  uint32_t stop = 0;
  double arrive_minute = 0;  // of the day, as published
};

struct Tour {
  int day = 0;
  std::vector<Visit> visits;
  double travel_minutes = 0;
};

struct Answer {
  std::vector<Tour> tours;
  std::vector<uint32_t> left_out;  // stops that no tour has room for
  double travel_minutes = 0;
  // The longest time between the earliest and the latest arrival at one stop, over its days.
  double widest_minutes = 0;
  bool stopped = false;
};

struct Control {
  uint64_t seed = 1;
  double effort = 1;
  std::stop_token stop = {};
  std::function<void(double done)> progress = {};
};

}  // namespace linli::rounds
