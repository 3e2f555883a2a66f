// Compiles the expressions of definitions and checks that what they name is there.
#pragma once

#include "engine/pack/documents.h"
#include "engine/pack/types.h"

namespace linli::pack {

// After read_definition of all documents and fill_scopes. Registers first: others count them.
void link(const std::vector<Document>& documents, Content& content, Report& report);

void link_records(const Document& document, Content& content, Report& report);
void link_figures(const Document& document, Content& content, Report& report);
void link_circles(const Document& document, Content& content, Report& report);
// The lists that circles make (figures.h), before anything is looked up.
void add_circle_lists(Content& content);

// The expression that stands in `text`, or none, reported.
std::optional<expr::Expression> compiled(const Document& document, const json::Value& text,
                                         const expr::Environment& environment,
                                         std::optional<expr::Type> expected, Report& report);
// What measures, indicators and standards may name.
expr::Environment figure_environment(const Content& content);
// Reports every word that is not among the known ones.
void expect_known(const Document& document, const json::Value& at,
                  const std::vector<std::string>& words, const std::vector<std::string>& known,
                  const std::string& what, Report& report);

template <class Items>
std::vector<std::string> keys_of(const Items& items) {
  std::vector<std::string> keys;
  for (const auto& item : items) keys.push_back(item.key);
  return keys;
}

}  // namespace linli::pack
