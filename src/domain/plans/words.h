// Names and links that the views of figures show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/plans/views.h"

namespace linli::plans {

// The name of a word of a split field: of its list, else of the unit or place it stands for.
pack::Text name_of_word(const Scene& scene, const expr::Expression& expression,
                        std::string_view field, const std::string& word);

// Which list, with which filter, shows the records of an aggregate of a figure.
RecordsView records_of(const Scene& scene, std::string_view key, const expr::Aggregate& aggregate,
                       Code place, const indicator::Period& period);

// Active children with their names, by code.
std::vector<places::Reference> children_of(db::Tx& tx, Code parent);

}  // namespace linli::plans
