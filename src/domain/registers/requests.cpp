#include "domain/registers/requests.h"

#include "core/text.h"
#include "domain/registers/api.h"
#include "domain/registers/view.h"

namespace linli::registers {

namespace {

// The identifiers in an expression's text, also those in quotes.
std::vector<std::string> words_of(std::string_view expression) {
  std::vector<std::string> words(1);
  for (const char c : expression) {
    const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (inside) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  return words;
}

Result<std::shared_ptr<const expr::Expression>> compile_where(const pack::Register& kind,
                                                              std::string_view text) {
  expr::Mistake mistake;
  Result<expr::Expression> compiled =
      expr::compile(text, {.scope = &kind.scope}, expr::Type::boolean, &mistake);
  if (!compiled) {
    return refuse_fields({{"/where", "expression.invalid",
                           "at " + std::to_string(mistake.offset) + ": " + mistake.what +
                               (mistake.expected.empty() ? "" : "; " + mistake.expected)}});
  }
  return std::make_shared<const expr::Expression>(std::move(*compiled));
}

bool fits_cursor(const std::vector<Value>& after, const std::string& leading_type) {
  const size_t keys = leading_type.empty() ? 0 : 1;
  if (after.size() != keys + 2) return false;
  if (keys == 1 && (leading_type == "TEXT") != std::holds_alternative<std::string>(after[0])) {
    return false;
  }
  if (keys == 1 && is_null(after[0])) return false;
  if (leading_type == "BIGINT" && !std::holds_alternative<int64_t>(after[0])) return false;
  return std::holds_alternative<int64_t>(after[keys]) &&
         std::holds_alternative<std::string>(after[keys + 1]);
}

}  // namespace

Result<Asked> asked(host::Context& call, std::string_view verb) {
  Asked found;
  found.kind = TRY(register_named(call.content(), call.path("kind")));
  const region::Code place = TRY(call.query_place("place"));
  found.territories = cut_to(TRY(call.require_somewhere(permission(*found.kind, verb))), place);
  if (found.territories.empty()) return refuse(ErrorKind::forbidden, "access.denied");
  return found;
}

Result<Wanted> wanted_filter(host::Context& call, const Asked& asked) {
  Wanted wanted;
  wanted.filter.territories = asked.territories;
  wanted.filter.today = call.today();
  wanted.filter.label = std::string(call.query("label"));
  for (const std::string& word : text::split(call.query("q"), ' ')) {
    std::string folded = text::fold(word);
    if (!folded.empty()) wanted.filter.words.push_back(std::move(folded));
  }
  std::vector<std::string> names = words_of(call.query("where"));
  if (!wanted.filter.label.empty()) {
    if (asked.kind->label(wanted.filter.label) == nullptr) {
      return refuse(ErrorKind::not_found, "label.unknown", wanted.filter.label);
    }
    names.push_back(wanted.filter.label);
  }
  TRY(refuse_hidden(*asked.kind, call.actor(), asked.territories, names, true));
  if (!call.query("where").empty()) {
    wanted.where = TRY(compile_where(*asked.kind, call.query("where")));
    wanted.filter.where = wanted.where.get();
  }
  return wanted;
}

Result<Page> wanted_page(host::Context& call, const pack::Register& kind) {
  Page page;
  std::string_view order = call.query("order");
  if (order.starts_with('-')) {
    page.descending = true;
    order.remove_prefix(1);
  }
  page.order = order.empty() ? "place" : std::string(order);
  const pack::Field* field = kind.field(page.order);
  const bool by_own = page.order == "place" || page.order == "updated_at";
  if (!by_own && (field == nullptr || !is_sortable(kind, *field))) {
    return refuse(ErrorKind::invalid, "list.bad_order", page.order);
  }
  page.limit = TRY(call.limit());
  if (call.query("after").empty()) return page;
  page.after = TRY(host::read_cursor(call.query("after")));
  const std::string leading = page.order == "place"        ? ""
                              : page.order == "updated_at" ? "BIGINT"
                                                           : column_type(field->type);
  if (!fits_cursor(page.after, leading)) return refuse(ErrorKind::invalid, "page.bad_cursor");
  return page;
}

Result<store::Row> readable(host::Context& call, db::Tx& tx, const pack::Register& kind) {
  auto row = store::load(tx, kind, call.path("id"));
  if (!row || !host::may(call.actor(), permission(kind, "read"), row->place)) {
    return refuse(ErrorKind::not_found, "record.not_found", kind.key);
  }
  return std::move(*row);
}

}  // namespace linli::registers
