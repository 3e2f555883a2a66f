// Names and links that the views of figures show.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/plans/views.h"

namespace linli::plans {

// The names of words of a split field: of its list, else of the units or places they stand for.
std::map<std::string, pack::Text> names_of_words(const Scene& scene,
                                                 const expr::Expression& expression,
                                                 std::string_view field,
                                                 const std::vector<std::string>& words);

// Which list, with which filter, shows the records of an aggregate of a figure.
RecordsView records_of(const Scene& scene, std::string_view key, const expr::Aggregate& aggregate,
                       Code place, const indicator::Period& period);

// Active children with their names, by code.
std::vector<places::Reference> children_of(db::Tx& tx, Code parent);

}  // namespace linli::plans
