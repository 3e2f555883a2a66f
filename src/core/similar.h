// Suggestions: the candidate that a mistyped word most likely stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linli {

// The candidate with the fewest edits (insert, delete, replace, swap of neighbours), at most a
// third of the word's length; empty when none is that near.
std::string most_similar(std::string_view word, const std::vector<std::string>& candidates);

// What to put beside an unknown word: "perhaps `age`", else "one of: a, b, c, …".
std::string suggest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace linli
