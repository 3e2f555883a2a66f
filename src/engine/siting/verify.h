// Checks an answer against its question from the beginning, knowing nothing of how it was found.
#pragma once

#include <string>

#include "engine/siting/types.h"

namespace linli::siting {

// What is wrong with the answer, in English for a developer; empty when it is right.
std::vector<std::string> mistakes_of(const Question& question, const Answer& answer);

}  // namespace linli::siting
