#include <algorithm>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/cases/api.h"
#include "domain/cases/list.h"
#include "domain/cases/routes.h"
#include "domain/cases/rules.h"
#include "domain/cases/view.h"
#include "domain/places/api.h"

namespace linli::cases {
namespace {

using host::Context;
using net::Response;

const std::vector<std::string> kChannels = {"web", "counter", "grid",  "hotline", "open311",
                                            "api", "survey",  "kiosk", "sensor"};

bool is_staff_channel(std::string_view channel) {
  return channel == "counter" || channel == "grid" || channel == "hotline" || channel == "survey";
}

// Whose request it is: the person at the counter or on the telephone, or whoever sends it.
Done name_reporter(db::Tx& tx, Context& call, const json::Value& body, Opening& opening) {
  if (const json::Value* named = body.find("reporter"); named && named->is_object()) {
    opening.contact = {named->text("name"), named->text("phone")};
    if (!opening.contact.phone.empty() && !opening.anonymous)
      opening.reporter =
          TRY(accounts::resident(tx, call.services(), call.actor(), opening.contact.phone,
                                 opening.contact.name, opening.place, call.now()))
              .id;
    return {};
  }
  if (is_staff_channel(opening.channel) && opening.channel != "grid") return {};
  const host::Actor& actor = call.actor();
  const std::string& account = actor.acts_for.empty() ? actor.account_id : actor.acts_for;
  const accounts::Account found = TRY(accounts::find(tx, call.services(), account));
  if (found.kind == accounts::Kind::service) return {};
  opening.reporter = account;
  opening.contact = {found.display_name, found.phone};
  return {};
}

Result<Opening> read_opening(const Context& call) {
  const json::Value& body = call.body();
  Opening opening;
  opening.id = body.text("id");
  opening.kind = body.text("kind", "resident_request");
  opening.place = TRY(region::Code::parse(body.text("place")));
  opening.form = *body.find("form");
  if (const json::Value* point = body.find("point"); point && point->is_object())
    opening.point = places::Point{point->number("lon"), point->number("lat")};
  opening.address = body.text("address");
  if (const json::Value* ids = body.find("attachments"); ids && ids->is_array())
    for (const json::Value& id : ids->as_array()) opening.attachments.push_back(id.as_string());
  opening.channel = body.text("channel", call.actor().channel == "api" ? "api" : "web");
  opening.anonymous = body.flag("anonymous");
  const bool for_another = body.find("reporter") && body.find("reporter")->is_object();
  if (for_another || is_staff_channel(opening.channel))
    TRY(call.require("case.read", opening.place));
  return opening;
}

Result<Response> post_case(Context& call) {
  Opening opening = TRY(read_opening(call));
  const Case made = TRY(call.transact([&](db::Tx& tx) -> Result<Case> {
    Opening mine = opening;
    TRY(name_reporter(tx, call, call.body(), mine));
    return open(tx, call.services(), call.actor(), mine, call.now());
  }));
  return answer(call, made, true);
}

Result<Response> get_case(Context& call) {
  const Case found = TRY(call.read([&](db::Tx& tx) -> Result<Case> {
    Case shown = TRY(find(tx, call.services(), call.path("id")));
    if (!may_read(call.actor(), shown)) return refuse(ErrorKind::not_found, "case.not_found");
    return shown;
  }));
  return answer(call, found);
}

Result<Response> get_cases(Context& call) {
  const Listing listing = TRY(read_listing(call));
  struct Shown {
    Found found;
    View view;
  };
  const Shown shown = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    Found found = find_page(tx, call, listing);
    View view = view_of(tx, call, found.cases);
    return Shown{std::move(found), std::move(view)};
  }));
  return host::ok([&](json::Writer& out) { write_page(out, shown.view, shown.found); });
}

Result<Response> get_similar(Context& call) {
  Opening like;
  if (!call.query("kind").empty()) like.kind = std::string(call.query("kind"));
  like.place = TRY(call.query_place("place"));
  like.form = json::Object{{"subject", std::string(call.query("subject"))},
                           {"description", std::string(call.query("q"))}};
  like.point = TRY(read_point(call));
  struct Shown {
    std::vector<Similar> items;
    View view;
  };
  const Shown found = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    std::vector<Similar> items = similar(tx, call.services(), like, call.now());
    std::vector<Case> cases;
    for (const Similar& item : items) cases.push_back(item.found);
    View view = view_of(tx, call, cases);
    return Shown{std::move(items), std::move(view)};
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Similar& item : found.items) {
      // To strangers a matter between people shows its subject only.
      const bool open_to_all =
          !item.found.anonymous && !is_private_matter(call.content(), item.found);
      const bool shown = open_to_all || may_read(call.actor(), item.found);
      out.begin_object();
      out.member("id", item.found.id);
      out.member("number", item.found.number);
      out.member("subject_name", subject_name(found.view, item.found));
      out.member("excerpt", shown ? excerpt(item.found) : std::string());
      out.member("stage_name", stage_name(found.view, item.found));
      out.member("opened_at", time::format(item.found.state.opened_at));
      out.member("me_too", item.found.state.me_too);
      out.member("distance_m", item.distance_m);
      out.end_object();
    }
    out.end_array().key("next").null().end_object();
  });
}

Result<Response> post_reveal(Context& call) {
  const Contact contact = TRY(call.transact([&](db::Tx& tx) {
    return reveal(tx, call.services(), call.actor(), call.path("id"), call.body().text("reason"),
                  call.now());
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("name", contact.name).member("phone", contact.phone).end_object();
  });
}

shape::Shape opening_shape() {
  return shape::object(
      {shape::optional("id", shape::id()), shape::optional("kind", shape::text(60)),
       shape::required("place", shape::place()), shape::required("form", shape::open_object()),
       shape::optional("point", shape::object({shape::required("lon", shape::number(-180, 180)),
                                               shape::required("lat", shape::number(-90, 90))})),
       shape::optional("address", shape::text(300)),
       shape::optional("attachments", shape::array(shape::id(), 12)),
       shape::optional("channel", shape::choice(kChannels)),
       shape::optional("reporter", shape::object({shape::optional("name", shape::text(60)),
                                                  shape::optional("phone", shape::text(30))})),
       shape::optional("anonymous", shape::boolean())},
      "NewCase");
}

shape::Shape similar_shape() {
  return shape::object(
      {shape::required("id", shape::id()), shape::required("number", shape::text()),
       shape::required("subject_name", shape::text()), shape::required("excerpt", shape::text()),
       shape::required("stage_name", shape::text()), shape::required("opened_at", shape::instant()),
       shape::required("me_too", shape::integer()), shape::optional("distance_m", shape::number())},
      "SimilarCase");
}

std::vector<shape::Field> list_query() {
  return {shape::optional("place", shape::place()),
          shape::optional("kind", shape::text(60)),
          shape::optional("where", shape::text(2000)),
          shape::optional("stage", shape::text(40)),
          shape::optional("subject", shape::text(60)),
          shape::optional("unit", shape::text(80)),
          shape::optional("q", shape::text(100)),
          shape::optional("mine", shape::text(5)),
          shape::optional("late", shape::text(5)),
          shape::optional("from", shape::date()),
          shape::optional("to", shape::date()),
          shape::optional("order", shape::choice({"due", "opened"})),
          shape::optional("limit", shape::text(3)),
          shape::optional("after", shape::text(400)),
          shape::optional("language", shape::text(10))};
}

}  // namespace

Result<net::Response> answer(host::Context& call, const Case& shown, bool made) {
  struct Shown {
    Whole all;
    View view;
  };
  const Shown found = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    Whole all = TRY(whole(tx, call.services(), shown));
    View view = view_of(tx, call, all);
    return Shown{std::move(all), std::move(view)};
  }));
  const bool own = !may_read(call.actor(), shown);
  const auto write = [&](json::Writer& out) {
    own ? write_own(out, found.view, call.actor(), found.all)
        : write_whole(out, found.view, call.actor(), found.all);
  };
  return made ? host::created(write) : host::ok(write);
}

std::vector<host::Route> case_routes() {
  return {
      {"POST",
       "/api/v1/cases",
       "case.create",
       post_case,
       "Report a request",
       {},
       opening_shape(),
       case_shape(),
       {"case.unknown_kind", "case.place_too_wide", "case.id_taken", "attachment.unknown",
        "attachment.taken", "phone.bad"}},
      {"GET",
       "/api/v1/cases",
       "case.read",
       get_cases,
       "Cases: open ones by due time, or all of them, newest first",
       list_query(),
       {},
       shape::page(row_shape()),
       {"page.bad_cursor", "expression.invalid", "case.unknown_kind"}},
      {"GET",
       "/api/v1/cases/kinds",
       "public",
       get_kinds,
       "The kinds of case with their forms",
       {shape::optional("language", shape::text(10))},
       {},
       shape::open_object()},
      {"GET",
       "/api/v1/cases/similar",
       "signed_in",
       get_similar,
       "Open cases like the one about to be reported",
       {shape::optional("kind", shape::text(60)), shape::required("subject", shape::text(60)),
        shape::required("place", shape::place()), shape::optional("lon", shape::text(20)),
        shape::optional("lat", shape::text(20)), shape::optional("q", shape::text(200)),
        shape::optional("language", shape::text(10))},
       {},
       shape::page(similar_shape())},
      {"GET",
       "/api/v1/cases/{id}",
       "case.read",
       get_case,
       "A case with everything on it",
       {shape::optional("language", shape::text(10))},
       {},
       case_shape(),
       {"case.not_found"}},
      {"POST",
       "/api/v1/cases/{id}/reveal",
       "case.read",
       post_reveal,
       "Name and phone of the reporter, in the clear; kept in the audit trail",
       {},
       shape::object({shape::required("reason", shape::text(200))}),
       shape::object(
           {shape::required("name", shape::text()), shape::required("phone", shape::text())}),
       {"case.not_found", "case.contact_protected"}},
      {"GET",
       "/api/v1/case-units",
       "case.read",
       get_units,
       "Who may be asked to handle a case",
       {shape::required("place", shape::place()), shape::optional("language", shape::text(10))},
       {},
       shape::page(shape::object(
           {shape::required("unit", shape::text()), shape::required("name", shape::text()),
            shape::required("kind", shape::choice({"place", "department"})),
            shape::required("level", shape::text())},
           "CaseUnit"))},
  };
}

}  // namespace linli::cases
