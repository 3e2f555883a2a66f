#include "domain/cases/view.h"

#include <algorithm>
#include <set>

#include "domain/cases/api.h"
#include "domain/cases/rules.h"
#include "domain/cases/store.h"
#include "domain/places/api.h"
#include "engine/workflow/clock.h"
#include "engine/workflow/machine.h"

namespace linli::cases {
namespace {

using region::Code;

std::optional<Code> place_of_unit(const std::string& unit) {
  const size_t at = unit.find('@');
  const Result<Code> code = Code::parse(at == std::string::npos ? unit : unit.substr(at + 1));
  return code && !unit.empty() ? std::optional(*code) : std::nullopt;
}

void add_unit(std::set<Code>& codes, const std::string& unit) {
  if (const auto place = place_of_unit(unit)) codes.insert(*place);
}

void add_places(std::set<Code>& codes, const Case& shown) {
  codes.insert(shown.place);
  add_unit(codes, shown.state.unit);
  for (const workflow::Task& task : shown.state.tasks) add_unit(codes, task.unit);
}

View view_with(db::Tx& tx, host::Context& call, const std::set<Code>& codes) {
  View view{.services = call.services(), .language = language_of(call), .now = call.now()};
  for (const places::Reference& found : places::names(tx, {codes.begin(), codes.end()}))
    view.places[found.code] = found.name;
  return view;
}

std::optional<std::string> moment(std::optional<time::Instant> instant) {
  return instant ? std::optional(time::format(*instant)) : std::nullopt;
}
std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::string language_of(const host::Context& call) {
  std::string_view wanted = call.query("language");
  if (wanted.empty()) wanted = call.request().header("accept-language");
  return wanted.starts_with("en") ? "en" : "zh";
}

const std::string& in(const std::string& language, const pack::Text& text) {
  return language == "en" && !text.en.empty() ? text.en : text.zh;
}

View view_of(db::Tx& tx, host::Context& call, const std::vector<Case>& cases) {
  std::set<Code> codes;
  for (const Case& shown : cases) add_places(codes, shown);
  return view_with(tx, call, codes);
}

View view_of(db::Tx& tx, host::Context& call, const Whole& whole) {
  std::set<Code> codes;
  add_places(codes, whole.shown);
  for (const LoggedEvent& logged : whole.events) add_unit(codes, logged.event.unit);
  return view_with(tx, call, codes);
}

std::string subject_name(const View& view, const Case& shown) {
  const pack::CaseKind* kind = view.services.content->case_kind(shown.kind);
  const pack::ChoiceList* list = kind ? view.services.content->list(kind->subject_list) : nullptr;
  const pack::Choice* subject = list ? list->find(shown.subject()) : nullptr;
  return subject ? in(view.language, subject->name) : shown.subject();
}

std::string stage_name(const View& view, const Case& shown) {
  const pack::CaseKind* kind = view.services.content->case_kind(shown.kind);
  const pack::Stage* stage = kind ? kind->stage(shown.state.stage) : nullptr;
  return stage ? in(view.language, stage->name) : shown.state.stage;
}

std::string unit_name(const View& view, const std::string& unit) {
  const size_t at = unit.find('@');
  if (at != std::string::npos) {
    const pack::ChoiceList* list = view.services.content->list("department");
    const pack::Choice* department = list ? list->find(unit.substr(0, at)) : nullptr;
    return department ? in(view.language, department->name) : unit.substr(0, at);
  }
  const auto place = place_of_unit(unit);
  const auto found = place ? view.places.find(*place) : view.places.end();
  return found == view.places.end() ? unit : found->second;
}

void write_row(json::Writer& out, const View& view, const Case& shown) {
  const workflow::State& state = shown.state;
  const auto place = view.places.find(shown.place);
  out.member("id", shown.id);
  out.member("number", shown.number);
  out.member("kind", shown.kind);
  out.member("subject", given(shown.subject()));
  out.member("subject_name", subject_name(view, shown));
  out.member("place", shown.place.text());
  out.member("place_name", place == view.places.end() ? shown.place.text() : place->second);
  out.member("stage", state.stage);
  out.member("stage_name", stage_name(view, shown));
  out.member("channel", shown.channel);
  out.member("opened_at", time::format(state.opened_at));
  out.member("due_at", moment(shown.due_at));
  out.member("closed_at", moment(state.closed_at));
  out.member("late", shown.due_at ? *shown.due_at < view.now : false);
  out.member("breached", state.breached);
  out.member("unit", given(state.unit));
  out.member("unit_name", unit_name(view, state.unit));
  out.member("assignee_name", given(shown.assignee_name));
  out.member("me_too", state.me_too);
  out.member("rating",
             state.rating > 0 ? std::optional(static_cast<int64_t>(state.rating)) : std::nullopt);
  out.member("excerpt", excerpt(shown));
}

Result<Whole> whole(db::Tx& tx, host::Services& services, const Case& shown) {
  constexpr size_t kMostRelated = 20;
  Whole all{.shown = shown,
            .events = store::events(tx, shown),
            .attachments = store::attachments(tx, shown.village(), shown.id)};
  if (!shown.state.merged_into.empty()) {
    if (auto lead = store::load(tx, shown.state.merged_into)) all.related.push_back(*lead);
  } else {
    for (const std::string& id : store::joined_to(tx, shown.id)) {
      if (all.related.size() == kMostRelated) break;
      all.related.push_back(TRY(find(tx, services, id)));
    }
  }
  return all;
}

}  // namespace linli::cases
