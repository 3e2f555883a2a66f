// From residents and spots to the engine's question, and from its answer to what planners are told.
#pragma once

#include "domain/siting/types.h"

namespace linli::siting {

// How far beyond the limits walks count for the goal, in times of the limit.
float slack_of(const Inquiry& inquiry);

Question question_of(const Inquiry& inquiry, const Ground& ground, Reach reach);
// The same with what stands today, all of which stays.
Question standing_of(const Ground& ground, const Question& question);

// How many of the group reach the need, and how long those take who do.
struct Coverage {
  int64_t reached = 0;
  double mean_minutes = 0;
};

struct Chosen {
  uint32_t spot = 0;
  std::optional<uint32_t> replaces;  // the facility that moves here
  int64_t persons = 0;               // whom it serves
  int64_t newly_reached = 0;         // of them those who reached nothing, or found no room, before
  double mean_minutes = 0;
  double lost_without = 0;  // in the answer's unit
  std::optional<uint32_t> instead;
  double worse_with_instead = 0;
};

struct Finding {
  double value = 0, bound = 0, gap = 0;  // in the goal's unit
  int64_t persons = 0;                   // of the group with a known home and a time set
  Coverage before, after;
  struct Room {  // who finds room
    int64_t before = 0, after = 0;
  };
  std::optional<Room> room;      // where it is counted
  std::vector<Chosen> opened;    // new sites, and those to which a facility moves
  std::vector<uint32_t> kept;    // facilities that stay
  std::vector<uint32_t> moved;   // facilities that move to one of the sites
  std::vector<uint32_t> closed;  // facilities that close without another instead
  struct Village {
    size_t number = 0;  // in Ground::villages
    int64_t persons = 0, before = 0, after = 0;
    Room room;
  };
  std::vector<Village> villages;
  bool stopped = false;
};

// `standing` is the answer to standing_of() where room is counted, else null.
Finding finding_of(const Ground& ground, const Question& question, const Answer& answer,
                   const Answer* standing);

}  // namespace linli::siting
