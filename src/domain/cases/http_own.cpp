// What residents see: their own cases, "me too", and a slip for those without an account.
#include <algorithm>

#include "core/crypto.h"
#include "domain/cases/api.h"
#include "domain/cases/list.h"
#include "domain/cases/routes.h"
#include "domain/cases/rules.h"
#include "domain/cases/view.h"

namespace linli::cases {
namespace {

using host::Context;
using net::Response;

const std::string& resident_of(const host::Actor& actor) {
  return actor.acts_for.empty() ? actor.account_id : actor.acts_for;
}

struct Own {
  Whole all;
  View view;
};

Result<Own> load_own(db::Tx& tx, Context& call, const Case& shown) {
  Whole all = TRY(whole(tx, call.services(), shown));
  View view = view_of(tx, call, all);
  return Own{std::move(all), std::move(view)};
}

Result<Response> get_own_cases(Context& call) {
  Listing listing;
  listing.open = false;
  listing.page.limit = TRY(call.limit()) + 1;
  if (!call.query("after").empty())
    listing.page.after = TRY(host::read_cursor(call.query("after")));
  struct Shown {
    Found found;
    View view;
  };
  const Shown shown = TRY(call.read([&](db::Tx& tx) -> Result<Shown> {
    Found found = cut(of_reporter(tx, resident_of(call.actor()), listing.page), listing);
    View view = view_of(tx, call, found.cases);
    return Shown{std::move(found), std::move(view)};
  }));
  return host::ok([&](json::Writer& out) { write_page(out, shown.view, shown.found); });
}

Result<Response> get_own_case(Context& call) {
  const Own own = TRY(call.read([&](db::Tx& tx) -> Result<Own> {
    const Case shown = TRY(find(tx, call.services(), call.path("id")));
    if (!is_reporter(call.actor(), shown)) return refuse(ErrorKind::not_found, "case.not_found");
    return load_own(tx, call, shown);
  }));
  return host::ok([&](json::Writer& out) { write_own(out, own.view, call.actor(), own.all); });
}

Result<Response> post_me_too(Context& call) {
  TRY(call.transact([&](db::Tx& tx) {
    return second(tx, call.services(), call.actor(), call.path("id"), call.now());
  }));
  return host::no_content();
}

// Number and code stand on the slip; whoever holds both may follow the case.
Result<Response> get_progress(Context& call) {
  const Own own = TRY(call.read([&](db::Tx& tx) -> Result<Own> {
    const Result<Case> shown = find_numbered(tx, call.services(), call.query("number"));
    if (!shown || !crypto::equal(query_code(call.services(), *shown), call.query("code")))
      return refuse(ErrorKind::not_found, "case.not_found");
    return load_own(tx, call, *shown);
  }));
  return host::ok([&](json::Writer& out) { write_own(out, own.view, call.actor(), own.all); });
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char sign : text) {
    switch (sign) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += sign;
    }
  }
  return out;
}

std::string text_of(const pack::Content& content, const std::string& language,
                    const std::string& key) {
  const auto texts = content.texts.find(language);
  if (texts == content.texts.end()) return key;
  const auto found = texts->second.find(key);
  return found == texts->second.end() ? key : found->second;
}

std::string slip_page(const host::Services& services, const View& view, const Case& shown) {
  const auto row = [&](const std::string& key, const std::string& value) {
    return "<tr><th>" + escaped(text_of(*services.content, view.language, "slip." + key)) +
           "</th><td>" + escaped(value) + "</td></tr>";
  };
  const std::string title = escaped(text_of(*services.content, view.language, "slip.title"));
  const auto place = view.places.find(shown.place);
  return "<!doctype html><html lang=\"" + view.language +
         "\"><head><meta charset=\"utf-8\"><title>" + title + "</title></head><body><h1>" + title +
         "</h1><table>" + row("number", shown.number) + row("code", query_code(services, shown)) +
         row("subject", subject_name(view, shown)) +
         row("place", place == view.places.end() ? shown.place.text() : place->second) +
         row("opened_on", time::format_date(time::date_of(shown.state.opened_at))) +
         row("address", services.settings.public_url + "/r/") + "</table></body></html>";
}

Result<Response> get_slip(Context& call) {
  const Own own = TRY(call.read([&](db::Tx& tx) -> Result<Own> {
    const Case shown = TRY(find(tx, call.services(), call.path("id")));
    if (!may_read(call.actor(), shown) && !is_reporter(call.actor(), shown))
      return refuse(ErrorKind::not_found, "case.not_found");
    return load_own(tx, call, shown);
  }));
  Response response;
  response.headers = {{"content-type", "text/html; charset=utf-8"}, {"cache-control", "no-store"}};
  response.body = slip_page(call.services(), own.view, own.all.shown);
  return response;
}

}  // namespace

shape::Shape row_shape() {
  return shape::object({shape::required("id", shape::id()),
                        shape::required("number", shape::text()),
                        shape::required("kind", shape::text()),
                        shape::optional("subject", shape::text()),
                        shape::required("subject_name", shape::text()),
                        shape::required("place", shape::place()),
                        shape::required("place_name", shape::text()),
                        shape::required("stage", shape::text()),
                        shape::required("stage_name", shape::text()),
                        shape::required("channel", shape::text()),
                        shape::required("opened_at", shape::instant()),
                        shape::optional("due_at", shape::instant()),
                        shape::optional("closed_at", shape::instant()),
                        shape::required("late", shape::boolean()),
                        shape::required("breached", shape::boolean()),
                        shape::optional("unit", shape::text()),
                        shape::required("unit_name", shape::text()),
                        shape::optional("assignee_name", shape::text()),
                        shape::required("me_too", shape::integer()),
                        shape::optional("rating", shape::integer(1, 5)),
                        shape::required("excerpt", shape::text())},
                       "CaseRow");
}

// A row and more: form, address, point, version, attachments and reply for all; clock, tasks,
// events, actions, reporter and related for those who handle it; steps, can_confirm, can_rate and
// can_reopen for the reporter.
shape::Shape case_shape() {
  shape::Shape made = row_shape();
  made.name = "Case";
  made.open = true;
  made.fields.push_back(shape::required("form", shape::open_object()));
  made.fields.push_back(shape::optional("address", shape::text()));
  made.fields.push_back(
      shape::optional("point", shape::object({shape::required("lon", shape::number()),
                                              shape::required("lat", shape::number())})));
  made.fields.push_back(shape::required("version", shape::integer()));
  made.fields.push_back(shape::required(
      "attachments",
      shape::array(shape::object(
          {shape::required("id", shape::id()), shape::required("kind", shape::text()),
           shape::required("width", shape::integer()), shape::required("height", shape::integer()),
           shape::required("bytes", shape::integer())},
          "Attachment"))));
  made.fields.push_back(
      shape::optional("reply", shape::object({shape::required("at", shape::instant()),
                                              shape::required("text", shape::text()),
                                              shape::required("solved", shape::boolean())})));
  return made;
}

std::vector<host::Route> own_routes() {
  const shape::Field language = shape::optional("language", shape::text(10));
  return {
      {"GET",
       "/api/v1/my/cases",
       "signed_in",
       get_own_cases,
       "My own cases, newest first",
       {shape::optional("limit", shape::text(3)), shape::optional("after", shape::text(400)),
        language},
       {},
       shape::page(row_shape()),
       {"page.bad_cursor"}},
      {"GET",
       "/api/v1/my/cases/{id}",
       "signed_in",
       get_own_case,
       "My own case, step by step in plain words",
       {language},
       {},
       case_shape(),
       {"case.not_found"}},
      {"POST",
       "/api/v1/cases/{id}/me-too",
       "signed_in",
       post_me_too,
       "Say that the same matter is mine too",
       {},
       {},
       {},
       {"case.not_found", "case.own", "case.not_listed"}},
      {"GET",
       "/api/v1/case-progress",
       "public",
       get_progress,
       "Follow a case by the number and code of its slip",
       {shape::required("number", shape::text(40)), shape::required("code", shape::text(40)),
        language},
       {},
       case_shape(),
       {"case.not_found"}},
      {"GET",
       "/api/v1/cases/{id}/slip",
       "signed_in",
       get_slip,
       "A page to print for the reporter, with number and query code",
       {language},
       {},
       {},
       {"case.not_found"}},
  };
}

}  // namespace linli::cases
