// The door of the rounds engine.
#pragma once

#include <string>

#include "core/result.h"
#include "engine/rounds/types.h"

namespace linli::rounds {

// Ruin and recreate (Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020): stops near each
// other leave their tours and come back where, and on which days, they cost least. Refuses
// rounds.wrong_question.
Result<Answer> plan(const Question& question, const Control& control);

// Patterns that spread so many visits over the days as evenly as can be.
std::vector<uint32_t> even_patterns(int visits, int days);

// What is wrong with an answer, in English for a developer; empty when it is right.
std::vector<std::string> mistakes_of(const Question& question, const Answer& answer);

}  // namespace linli::rounds
