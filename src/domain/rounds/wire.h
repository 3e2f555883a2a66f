// Answers as they are kept, timetables as they are read.
#pragma once

#include "core/json.h"
#include "domain/rounds/api.h"
#include "engine/rounds/types.h"

namespace linli::rounds {

struct Plan {
  std::vector<Halt> halts;
  std::vector<std::vector<double>> minutes;
  Answer answer;
  bool has_map = false;
  bool by_distance = false;
};

json::Value answer_of(const Inquiry& inquiry, const Plan& plan);

void write(json::Writer& out, const Round& round, const std::vector<RoundVisit>& visits);
void write(json::Writer& out, const circles::Facility& base);
void write(json::Writer& out, const Coming& coming);

}  // namespace linli::rounds
