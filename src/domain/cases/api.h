// What other modules may ask of the cases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/shape.h"
#include "domain/cases/types.h"
#include "engine/pack/types.h"
#include "engine/workflow/types.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::cases {

// A report. Without an account or a phone it is followed by number and query code alone.
struct Opening {
  std::string id;  // made when empty; the same id again gives the case that it made
  std::string kind = "resident_request";
  region::Code place;  // a village or finer
  json::Value form;
  std::optional<places::Point> point;
  std::string address;
  std::vector<std::string> attachments;
  std::string channel = "web";
  std::string reporter;  // account
  Contact contact;
  bool anonymous = false;
};

// What a form must look like; shared with the route's declaration and the gateways.
shape::Shape form_shape(const pack::CaseKind& kind, const pack::Content& content);

// Numbers it, routes it, starts its clock and announces case.opened. Refuses `case.unknown_kind`,
// field errors under /form, `case.place_too_wide`, `case.id_taken`, the refusals of
// places::require_active and `attachment.not_found`.
Result<Case> open(db::Tx& tx, host::Services& services, const host::Actor& actor,
                  const Opening& opening, time::Instant now);

// Does the command for the actor and announces what happened. Refuses `case.not_found` (also when
// the actor may not see it), `record.changed_meanwhile` for another version, and what the machine
// refuses. `into` of a merge is an id or a number.
Result<Case> act(db::Tx& tx, host::Services& services, const host::Actor& actor,
                 std::string_view id, int64_t version, workflow::Command command,
                 time::Instant now);
// "Me too": once an account; again does nothing.
Done second(db::Tx& tx, host::Services& services, const host::Actor& actor, std::string_view id,
            time::Instant now);

// The case with its whole state. Refuses `case.not_found`.
Result<Case> find(db::Tx& tx, host::Services& services, std::string_view id);
Result<Case> find_numbered(db::Tx& tx, host::Services& services, std::string_view number);
std::vector<LoggedEvent> events(db::Tx& tx, const Case& of);
// Pages: what is open by due time; everything, newest first; one reporter's own.
std::vector<Case> queue(db::Tx& tx, const Filter& filter, const Page& page);
std::vector<Case> history(db::Tx& tx, const Filter& filter, const Page& page);
std::vector<Case> of_reporter(db::Tx& tx, std::string_view account, const Page& page);
// Open cases of the same subject nearby: the nearest first, then those in the village whose words
// are most alike.
std::vector<Similar> similar(db::Tx& tx, host::Services& services, const Opening& like,
                             time::Instant now);

// A secret that, with the number, lets somebody without an account follow a case.
std::string query_code(const host::Services& services, const Case& of);
Contact contact_of(const host::Services& services, const Case& of);
// In the clear, for those who handle it (of an anonymous one, for reviewers); kept in the audit
// trail. Refuses `case.not_found` and `case.contact_protected`.
Result<Contact> reveal(db::Tx& tx, host::Services& services, const host::Actor& actor,
                       std::string_view id, std::string_view reason, time::Instant now);

// Whether the unit exists and may act on a case of that place: a place above or below it, or a
// department of a region that holds it. Refuses `case.unknown_unit`, `case.unit_elsewhere`.
Done check_unit(db::Tx& tx, const pack::Content& content, region::Code place,
                std::string_view unit);
// The same for a person: the unit in which the account would handle it. Refuses
// `account.not_found`, `case.unit_elsewhere`.
Result<std::string> unit_of_account(db::Tx& tx, const host::Services& services, region::Code place,
                                    std::string_view account_id);

// The unit to which the kind's routes lead on that day: the first that fits, or empty.
std::string route(const pack::CaseKind& kind, const pack::Content& content, const Case& opened,
                  time::Date today);

// Lives that are already over or under way, for bulk loads: each with its id, place, form and
// reporter, and its events from open() and decide() of the engine. Numbers them; tells neither
// observers nor listeners.
struct Life {
  Case made;
  std::vector<LoggedEvent> events;
};
Done add_lives(db::Tx& tx, host::Services& services, std::vector<Life> lives);

// Open cases of any kind that lie strictly below a place of the village: in its grids.
struct Lying {
  std::string id;
  region::Code place;
  std::optional<places::Point> point;
};
std::vector<Lying> open_below(db::Tx& tx, region::Code place);
// Grids were drawn anew: the case lies in another place of its village, and what was with its old
// grid is with the new one. Refuses `case.not_found`, `record.changed_meanwhile`.
Done relocate(db::Tx& tx, host::Services& services, std::string_view id, region::Code place,
              time::Instant now);
// A grid ends: the open cases and joint tasks that are with it, wherever they lie, go to another
// place of its village. Refuses `record.changed_meanwhile`.
Done hand_on(db::Tx& tx, host::Services& services, region::Code from, region::Code to,
             time::Instant now);

// Reminders, breaches, lapses and ends of pauses that have fallen due; how many cases it moved.
int64_t run_clocks(host::Services& services, time::Instant now);

}  // namespace linli::cases
