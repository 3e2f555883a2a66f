#include "domain/cases/api.h"

#include <algorithm>
#include <stdexcept>

#include "core/id.h"
#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/cases/pictures.h"
#include "domain/cases/rules.h"
#include "domain/cases/save.h"
#include "domain/cases/store.h"
#include "domain/places/api.h"
#include "engine/workflow/machine.h"

namespace linli::cases {
namespace {

using region::Code;
using region::Level;
using workflow::Action;

constexpr std::string_view kContact = "service_case.contact.";
constexpr size_t kMostSimilar = 5;
constexpr int64_t kMostLooked = 50;

Done check_form(const pack::CaseKind& kind, const pack::Content& content, const json::Value& form) {
  std::vector<FieldError> errors = shape::check(form_shape(kind, content), form);
  for (FieldError& error : errors) error.pointer = "/form" + error.pointer;
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return {};
}

// Name and phone lie sealed in the row; the phone also as a keyed lookup.
void seal_contact(const host::Services& services, const Contact& contact, Case& made) {
  if (contact.name.empty() && contact.phone.empty()) return;
  made.contact = services.keyring.seal(
      json::write(json::Object{{"name", contact.name}, {"phone", contact.phone}}),
      std::string(kContact) + made.id);
  if (!contact.phone.empty())
    made.phone_key = services.keyring.lookup(contact.phone, "service_case.phone");
}

std::vector<std::string> pictures(const pack::CaseKind& kind, const Opening& opening) {
  std::vector<std::string> ids = opening.attachments;
  for (const pack::Field& field : kind.form) {
    const json::Value* given = opening.form.find(field.name);
    if (field.type != pack::FieldType::images || !given || !given->is_array()) continue;
    for (const json::Value& id : given->as_array()) ids.push_back(id.as_string());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Result<std::optional<Case>> made_before(db::Tx& tx, host::Services& services,
                                        const host::Actor& actor, const std::string& id) {
  if (!store::load(tx, id)) return std::optional<Case>();
  Case earlier = TRY(find(tx, services, id));
  if (store::events(tx, earlier).front().event.actor != actor.account_id)
    return refuse(ErrorKind::conflict, "case.id_taken", id);
  return std::optional(std::move(earlier));
}

// The case that another is to be joined to.
Result<Case> lead_of(db::Tx& tx, host::Services& services, const host::Actor& actor,
                     const Case& joining, const std::string& wanted) {
  Result<Case> lead = find(tx, services, wanted);
  if (!lead) lead = find_numbered(tx, services, wanted);
  if (!lead || !may_read(actor, *lead))
    return refuse_fields({{"/into", "case.not_found", "an open case"}});
  if (lead->id == joining.id || lead->kind != joining.kind || !lead->state.merged_into.empty() ||
      lead->state.reply || lead->state.closed_at)
    return refuse(ErrorKind::conflict, "case.cannot_lead", lead->number);
  return lead;
}

Result<Case> with_state(db::Tx& tx, host::Services& services, std::optional<Case> row) {
  if (!row) return refuse(ErrorKind::not_found, "case.not_found");
  TRY(kind_of(services, *row));
  std::vector<workflow::Event> lived;
  for (const LoggedEvent& logged : store::events(tx, *row)) lived.push_back(logged.event);
  row->state = workflow::replay(lived);
  return std::move(*row);
}

Result<Case> seen(db::Tx& tx, host::Services& services, const host::Actor& actor,
                  std::string_view id) {
  Case found = TRY(find(tx, services, id));
  if (!is_reporter(actor, found) && !may_read(actor, found))
    return refuse(ErrorKind::not_found, "case.not_found");
  return found;
}

}  // namespace

Result<Case> open(db::Tx& tx, host::Services& services, const host::Actor& actor,
                  const Opening& opening, time::Instant now) {
  const pack::Content& content = *services.content;
  const pack::CaseKind* kind = content.case_kind(opening.kind);
  if (!kind) return refuse(ErrorKind::not_found, "case.unknown_kind", opening.kind);
  if (!opening.id.empty())
    if (auto earlier = TRY(made_before(tx, services, actor, opening.id))) return *earlier;
  TRY(check_form(*kind, content, opening.form));
  TRY(places::require_active(tx, opening.place));
  if (opening.place.level() < Level::village)
    return refuse(ErrorKind::invalid, "case.place_too_wide", opening.place.text());

  Case made;
  made.id = opening.id.empty() ? id::make(now) : opening.id;
  made.kind = kind->key;
  made.place = opening.place;
  made.form = opening.form;
  made.address = opening.address;
  made.point = opening.point;
  made.channel = opening.channel;
  made.reporter = opening.reporter;
  made.anonymous = opening.anonymous;
  made.attributes = places::attributes_of(tx, opening.place);
  made.state.opened_at = now;
  seal_contact(services, opening.contact, made);
  const Code county = made.place.at(Level::county);
  const int64_t year = time::civil(time::date_of(now)).year;
  made.number = number_of(county, year, store::next_number(tx, county, year));

  const std::string unit = route(*kind, content, made, time::date_of(now));
  LoggedEvent first;
  first.event =
      workflow::open({*kind, content.calendar}, made.village().text(), unit, actor.account_id, now);
  first.actor_name = actor.account_id == made.reporter ? std::string() : actor.name;
  first.facts = facts_of(*kind, made);
  workflow::apply(made.state, first.event);
  made.due_at = made.state.clock.due_at;
  save_new(tx, services, made, first);
  TRY(add_pictures(tx, actor, made, pictures(*kind, opening)));
  return made;
}

Result<Case> act(db::Tx& tx, host::Services& services, const host::Actor& actor,
                 std::string_view id, int64_t version, workflow::Command command,
                 time::Instant now) {
  const Case before = TRY(seen(tx, services, actor, id));
  if (before.version != version) return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  const pack::CaseKind* kind = TRY(kind_of(services, before));
  const workflow::Rules rules{*kind, services.content->calendar};
  const workflow::Standing standing = standing_of(actor, before);
  std::optional<Case> lead;
  if (auto refusal = workflow::why_not(rules, before.state, standing, command.action, now))
    return refuse(std::move(*refusal));
  if (command.action == Action::assign && !command.unit.empty())
    TRY(check_unit(tx, *services.content, before.place, command.unit));
  for (const workflow::TaskOrder& order : command.tasks)
    TRY(check_unit(tx, *services.content, before.place, order.unit));
  if (command.action == Action::merge && !command.into.empty()) {
    lead = TRY(lead_of(tx, services, actor, before, command.into));
    command.into = lead->id;
  }
  const workflow::Event event = TRY(workflow::decide(rules, before.state, standing, command, now));
  Case after = TRY(save(tx, services, before, {event}, actor.name));
  if (lead) {
    workflow::Command me_too;
    me_too.action = Action::me_too;
    workflow::Standing joiner;
    joiner.account = before.reporter.empty() ? actor.account_id : before.reporter;
    const auto joined = workflow::decide(rules, lead->state, joiner, me_too, now);
    if (joined) TRY(save(tx, services, *lead, {*joined}, {}, false));
  }
  return after;
}

Done second(db::Tx& tx, host::Services& services, const host::Actor& actor, std::string_view id,
            time::Instant now) {
  const Case before = TRY(find(tx, services, id));
  const pack::CaseKind* kind = TRY(kind_of(services, before));
  workflow::Standing standing;
  standing.account = actor.acts_for.empty() ? actor.account_id : actor.acts_for;
  standing.reporter = is_reporter(actor, before);
  workflow::Command command;
  command.action = Action::me_too;
  const workflow::Event event = TRY(
      workflow::decide({*kind, services.content->calendar}, before.state, standing, command, now));
  if (!store::add_supporter(tx, before, standing.account, now)) return {};
  TRY(save(tx, services, before, {event}, {}, false));
  return {};
}

Result<Case> find(db::Tx& tx, host::Services& services, std::string_view id) {
  return with_state(tx, services, store::load(tx, id));
}

Result<Case> find_numbered(db::Tx& tx, host::Services& services, std::string_view number) {
  return with_state(tx, services, store::load_numbered(tx, number));
}

std::vector<LoggedEvent> events(db::Tx& tx, const Case& of) {
  return store::events(tx, of);
}
std::vector<Case> queue(db::Tx& tx, const Filter& filter, const Page& page) {
  return store::queue(tx, filter, page);
}
std::vector<Case> history(db::Tx& tx, const Filter& filter, const Page& page) {
  return store::history(tx, filter, page);
}
std::vector<Case> of_reporter(db::Tx& tx, std::string_view account, const Page& page) {
  return store::of_reporter(tx, account, page);
}

std::vector<Similar> similar(db::Tx& tx, host::Services& services, const Opening& like,
                             time::Instant now) {
  const pack::CaseKind* kind = services.content->case_kind(like.kind);
  if (!kind || kind->duplicate_days == 0) return {};
  const std::string subject = like.form.text("subject");
  const time::Instant since = now - kind->duplicate_days * time::kDay;
  std::vector<Similar> all;
  if (like.point) {
    for (const int64_t cell : cells_around(*like.point, kind->duplicate_radius_m))
      for (Case& near : store::open_in_cell(tx, cell, kind->key, subject, since, kMostLooked)) {
        const double away = distance_m(*like.point, *near.point);
        if (away <= kind->duplicate_radius_m) all.push_back({std::move(near), away});
      }
  }
  for (Case& near :
       store::open_in_village(tx, like.place.village(), kind->key, subject, since, kMostLooked)) {
    if (like.point && near.point) continue;  // looked at by distance
    all.push_back({std::move(near), std::nullopt});
  }
  const std::string words = like.form.text("description");
  const auto alike = [&](const Similar& one) {
    return shared_pairs(words, one.found.form.text("description"));
  };
  std::stable_sort(all.begin(), all.end(), [&](const Similar& a, const Similar& b) {
    if (a.distance_m || b.distance_m)
      return a.distance_m.value_or(1e9) < b.distance_m.value_or(1e9);
    return alike(a) > alike(b);
  });
  if (all.size() > kMostSimilar) all.resize(kMostSimilar);
  return all;
}

std::string query_code(const host::Services& services, const Case& of) {
  return text::hex(services.keyring.sign(of.id, "case.query_code")).substr(0, 12);
}

Contact contact_of(const host::Services& services, const Case& of) {
  if (of.contact.empty()) return {};
  const auto plain = services.keyring.unseal(of.contact, std::string(kContact) + of.id);
  if (!plain) throw std::runtime_error("cannot unseal the contact of " + of.id + ": another key?");
  const json::Value read = MUST(json::parse(*plain));
  return {read.text("name"), read.text("phone")};
}

Result<Contact> reveal(db::Tx& tx, host::Services& services, const host::Actor& actor,
                       std::string_view id, std::string_view reason, time::Instant now) {
  const Case found = TRY(seen(tx, services, actor, id));
  const workflow::Standing standing = standing_of(actor, found);
  const bool handles =
      standing.receiver || standing.reviewer || standing.units.count(found.state.unit) > 0;
  if (found.anonymous ? !standing.reviewer : !handles)
    return refuse(ErrorKind::forbidden, "case.contact_protected");
  accounts::audit(tx, services, actor, "case.contact_revealed", found.id, found.place,
                  json::Object{{"reason", std::string(reason)}}, now);
  return contact_of(services, found);
}

}  // namespace linli::cases
