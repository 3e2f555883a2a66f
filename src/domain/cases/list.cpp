#include "domain/cases/list.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/cases/api.h"
#include "domain/cases/rules.h"

namespace linli::cases {
namespace {

constexpr int64_t kNoDue = std::numeric_limits<int64_t>::max();
constexpr int64_t kLookedAtOnce = 500;  // rows of the history, for a condition
constexpr int64_t kMostLooked = 10'000;
constexpr int kSearchedDays = 31;  // of the history, when a text is sought without a day

bool is_terminal(const pack::Content& content, std::string_view stage) {
  return std::any_of(content.cases.begin(), content.cases.end(), [&](const pack::CaseKind& kind) {
    const pack::Stage* found = kind.stage(stage);
    return found && found->terminal;
  });
}

const pack::ChoiceList* subjects_of(const pack::Content& content, std::string_view key) {
  const pack::CaseKind* kind = content.case_kind(key);
  return kind ? content.list(kind->subject_list) : nullptr;
}

// The subject itself and those under it.
std::vector<std::string> with_children(const pack::Content& content, std::string_view subject) {
  std::vector<std::string> keys = {std::string(subject)};
  for (const pack::CaseKind& kind : content.cases)
    if (const pack::ChoiceList* list = content.list(kind.subject_list))
      for (const pack::Choice& choice : list->choices)
        if (choice.parent == subject) keys.push_back(choice.key);
  return keys;
}

// Subjects whose name, pinyin or initials hold the words.
std::vector<std::string> subjects_named(const pack::Content& content, std::string_view words) {
  std::vector<std::string> keys;
  const std::string folded = text::fold(words);
  if (folded.empty()) return keys;
  for (const pack::CaseKind& kind : content.cases)
    if (const pack::ChoiceList* list = content.list(kind.subject_list))
      for (const pack::Choice& choice : list->choices)
        if (text::search_key({choice.name.zh, choice.name.en}).find(folded) != std::string::npos)
          keys.push_back(choice.key);
  return keys;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char sign) { return sign >= '0' && sign <= '9'; });
}

// A number, a phone, a subject, or words of the description.
Done read_words(host::Context& call, Listing& listing) {
  const std::string words = text::trim(call.query("q"));
  if (words.empty()) return {};
  Filter& filter = listing.filter;
  const bool number = words.size() > 5 && words[4] == '-' && all_digits(words.substr(0, 4));
  if (number || (all_digits(words) && words.size() >= 8)) listing.open = false;
  if (number) {
    filter.number = words;
  } else if (all_digits(words) && words.size() >= 8) {
    filter.phone_key = call.services().keyring.lookup(words, "service_case.phone");
    TRY(call.transact([&](db::Tx& tx) -> Done {
      accounts::audit(tx, call.services(), call.actor(), "case.phone_searched", "", region::Code(),
                      json::Object{}, call.now());
      return {};
    }));
  } else if (auto subjects = subjects_named(call.content(), words); !subjects.empty()) {
    filter.subjects = std::move(subjects);
  } else {
    filter.text = words;
    if (!listing.open && !filter.from) filter.from = call.now() - kSearchedDays * time::kDay;
  }
  return {};
}

// A department's people see their unit's cases, unless they also assign or review.
void bind_to_unit(const host::Actor& actor, std::string_view asked, Filter& filter) {
  const bool free = actor.unit.empty() || !host::territories(actor, "case.assign").empty() ||
                    !host::territories(actor, "case.review").empty();
  if (free) {
    if (!asked.empty()) filter.units = {std::string(asked)};
    return;
  }
  filter.units = bound_units(actor);
  if (!asked.empty())
    std::erase_if(filter.units, [&](const std::string& unit) { return unit != asked; });
  if (filter.units.empty()) filter.territories.clear();
}

Result<std::optional<time::Instant>> day_start(std::string_view text, int days_later) {
  if (text.empty()) return std::optional<time::Instant>();
  return std::optional(time::start_of(time::add_days(TRY(time::parse_date(text)), days_later)));
}

Result<expr::Expression> read_where(const pack::CaseKind& kind, std::string_view text) {
  expr::Mistake mistake;
  auto compiled = expr::compile(text, {.scope = &kind.scope}, expr::Type::boolean, &mistake);
  if (!compiled)
    return refuse_fields({{"/where", "expression.invalid", mistake.what + "; " + mistake.expected}},
                         "expression.invalid");
  return compiled;
}

std::vector<Value> cursor_of(const Case& last, bool open) {
  return {open ? last.due_at.value_or(kNoDue) : last.state.opened_at, last.id};
}

Result<std::optional<double>> coordinate(std::string_view text, double limit) {
  if (text.empty()) return std::optional<double>();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) <= limit))
    return refuse_fields({{"/lon", "field.format", "degrees"}});
  return std::optional(value);
}

}  // namespace

Result<Listing> read_listing(host::Context& call) {
  const pack::Content& content = call.content();
  Listing listing;
  Filter& filter = listing.filter;
  filter.now = call.now();
  const auto territories = TRY(call.require_somewhere("case.read"));
  filter.territories = within(territories, TRY(call.query_place("place")));
  filter.stage = std::string(call.query("stage"));
  if (!call.query("subject").empty())
    filter.subjects = with_children(content, call.query("subject"));
  if (call.query("mine") == "true") filter.assignee = call.actor().account_id;
  filter.late = call.query("late") == "true";
  filter.from = TRY(day_start(call.query("from"), 0));
  filter.to = TRY(day_start(call.query("to"), 1));
  bind_to_unit(call.actor(), call.query("unit"), filter);
  listing.open = call.query("order").empty()
                     ? !is_terminal(content, filter.stage) && !filter.from && !filter.to
                     : call.query("order") == "due";
  TRY(read_words(call, listing));
  filter.kind = std::string(call.query("kind"));
  if (!call.query("where").empty()) {
    if (filter.kind.empty() && content.cases.size() == 1) filter.kind = content.cases[0].key;
    const pack::CaseKind* kind = content.case_kind(filter.kind);
    if (!kind) return refuse(ErrorKind::not_found, "case.unknown_kind", filter.kind);
    listing.where = TRY(read_where(*kind, call.query("where")));
    listing.open = false;
  }
  listing.page.limit = TRY(call.limit()) + 1;
  if (!call.query("after").empty()) {
    listing.page.after = TRY(host::read_cursor(call.query("after")));
    if (listing.page.after.size() != 2 || !std::holds_alternative<int64_t>(listing.page.after[0]) ||
        !std::holds_alternative<std::string>(listing.page.after[1]))
      return refuse(ErrorKind::invalid, "page.bad_cursor");
  }
  return listing;
}

Found cut(std::vector<Case> rows, const Listing& listing) {
  Found found{std::move(rows), {}};
  if (std::ssize(found.cases) < listing.page.limit) return found;
  found.cases.pop_back();
  if (!found.cases.empty()) found.next = cursor_of(found.cases.back(), listing.open);
  return found;
}

Found find_page(db::Tx& tx, const host::Context& call, const Listing& listing) {
  if (!listing.where)
    return cut(listing.open ? queue(tx, listing.filter, listing.page)
                            : history(tx, listing.filter, listing.page),
               listing);
  const pack::Content& content = call.content();
  const pack::CaseKind& kind = *content.case_kind(listing.filter.kind);
  Found found;
  Page page{.limit = kLookedAtOnce, .after = listing.page.after};
  for (int64_t looked = 0; looked < kMostLooked; looked += kLookedAtOnce) {
    const std::vector<Case> rows = history(tx, listing.filter, page);
    for (const Case& row : rows) {
      page.after = cursor_of(row, false);
      if (!fits(*listing.where, kind, content, row, call.today())) continue;
      found.cases.push_back(row);
      if (std::ssize(found.cases) < listing.page.limit) continue;
      return cut(std::move(found.cases), listing);
    }
    if (std::ssize(rows) < kLookedAtOnce) return found;
  }
  found.next = page.after;
  return found;
}

void write_page(json::Writer& out, const View& view, const Found& found) {
  out.begin_object().key("items").begin_array();
  for (const Case& shown : found.cases) {
    out.begin_object();
    write_row(out, view, shown);
    out.end_object();
  }
  out.end_array().key("next");
  found.next.empty() ? out.null() : out.value(host::write_cursor(found.next));
  out.end_object();
}

Result<std::optional<places::Point>> read_point(const host::Context& call) {
  const auto lon = TRY(coordinate(call.query("lon"), 180));
  const auto lat = TRY(coordinate(call.query("lat"), 90));
  if (!lon || !lat) return std::optional<places::Point>();
  return std::optional(places::Point{*lon, *lat});
}

bool is_private_matter(const pack::Content& content, const Case& shown) {
  const pack::ChoiceList* list = subjects_of(content, shown.kind);
  const pack::Choice* subject = list ? list->find(shown.subject()) : nullptr;
  return !subject || subject->attributes.count("appeal") > 0;
}

}  // namespace linli::cases
