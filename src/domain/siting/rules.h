// From residents and spots to the engine's question, and from its answer to what planners are told.
#pragma once

#include "domain/siting/types.h"

namespace linli::siting {

// Who has farther than this many times the circle's minutes counts as if they had that far.
inline constexpr float kBeyond = 3;

Question question_of(const Inquiry& inquiry, const Ground& ground, Reach reach);

// How many of the group reach the need, and how long those take who do.
struct Coverage {
  int64_t reached = 0;
  double mean_minutes = 0;
};

struct Chosen {
  uint32_t spot = 0;
  int64_t persons = 0;        // whom it serves
  int64_t newly_reached = 0;  // of them those who reached nothing before
  double mean_minutes = 0;
  double lost_without = 0;  // in the answer's unit
  std::optional<uint32_t> instead;
  double worse_with_instead = 0;
};

struct Finding {
  double value = 0, bound = 0, gap = 0;  // in the goal's unit
  int64_t persons = 0;                   // of the group with a known home and a time set
  Coverage before, after;
  std::optional<int64_t> served;   // with capacities: who finds room
  std::vector<Chosen> opened;      // new sites
  std::vector<uint32_t> kept;      // existing ones that stay
  std::vector<uint32_t> given_up;  // existing ones that give way
  struct Village {
    size_t number = 0;  // in Ground::villages
    int64_t persons = 0, before = 0, after = 0;
  };
  std::vector<Village> villages;
  bool stopped = false;
};

Finding finding_of(const Ground& ground, const Question& question, const Answer& answer);

}  // namespace linli::siting
