#include "engine/pack/link.h"

#include <algorithm>

#include "core/similar.h"
#include "engine/pack/rules.h"
#include "engine/pack/scopes.h"

namespace linli::pack {

std::optional<expr::Expression> compiled(const Document& document, const json::Value& text,
                                         const expr::Environment& environment,
                                         std::optional<expr::Type> expected, Report& report) {
  expr::Mistake mistake;
  Result<expr::Expression> expression =
      expected ? expr::compile(text.as_string(), environment, *expected, &mistake)
               : expr::compile(text.as_string(), environment, &mistake);
  if (expression) return std::move(*expression);
  report.add(document, text,
             "`" + text.as_string() + "`, character " + std::to_string(mistake.offset + 1) + ": " +
                 mistake.what,
             mistake.expected);
  return std::nullopt;
}

expr::Environment figure_environment(const Content& content) {
  return {.kind_scope = [&](std::string_view kind) { return scope_of_kind(content, kind); },
          .statistics = keys_of(content.statistics)};
}

void expect_known(const Document& document, const json::Value& at,
                  const std::vector<std::string>& words, const std::vector<std::string>& known,
                  const std::string& what, Report& report) {
  for (const std::string& word : words) {
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    report.add(document, at, "there is no " + what + " `" + word + "`", suggest(word, known));
  }
}

void link(const std::vector<Document>& documents, Content& content, Report& report) {
  for (const Document& document : documents) {
    if (document.family == "register") link_records(document, content, report);
  }
  for (const Document& document : documents) {
    if (document.family == "case" || document.family == "list") {
      link_records(document, content, report);
    } else if (document.family == "circle" || document.family == "resident_group" ||
               document.family == "colocation") {
      link_circles(document, content, report);
    } else {
      link_figures(document, content, report);
    }
    if (document.family == "case") {
      check_case_rules(document, *content.case_kind(document.key), content, report);
    }
  }
}

}  // namespace linli::pack
