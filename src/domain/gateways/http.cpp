// Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2). A jurisdiction is a place by its code, a
// service_request_id is the case's number, an address_id is the code of a village or a grid.
#include <algorithm>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/gateways/module.h"
#include "domain/gateways/ogc_http.h"
#include "domain/gateways/requests.h"
#include "domain/places/api.h"
#include "host/context.h"

namespace linli::gateways {
namespace {

using host::Context;
using region::Code;
using Handle = Result<Document> (*)(Context&, const Parameters&);

// The released edition of what discovery describes; changes when the interface does.
constexpr std::string_view kChangeset = "2026-01-01T00:00:00Z";
constexpr std::string_view kRoot = "/open311/v2";

Language language(const Context& call) {
  return language_of(call.request().header("accept-language"));
}

// The territory that is asked about: the installation's unless a jurisdiction inside it is named.
Result<Code> jurisdiction(Context& call, const Parameters& parameters) {
  const Code own = TRY(Code::parse(call.services().settings.region));
  const std::string_view named = find(parameters, "jurisdiction_id");
  if (named.empty()) return own;
  const Result<Code> code = Code::parse(named);
  if (!code || !own.contains(*code) ||
      !call.read([&](db::Tx& tx) { return places::find(tx, *code); }))
    return refuse(ErrorKind::not_found, "open311.unknown_jurisdiction");
  return *code;
}

// Whoever the session, the bearer key or the standard's api_key says.
Result<host::Actor> sender(Context& call, const Parameters& parameters) {
  const std::string_view key = find(parameters, "api_key");
  host::Actor actor = call.actor();
  if (actor.account_id.empty() && !key.empty()) {
    net::Request keyed = call.request();
    keyed.headers.emplace_back("authorization", "Bearer " + std::string(key));
    const auto known = accounts::identify(call.services(), keyed, call.now());
    if (known) actor = *known;
  }
  if (actor.account_id.empty()) return refuse(ErrorKind::forbidden, "open311.api_key_required");
  return actor;
}

json::Value views(Context& call, const std::vector<cases::Case>& found) {
  std::vector<Code> codes;
  for (const cases::Case& one : found)
    for (const Code code : named_in(one)) codes.push_back(code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  Names names;
  const auto references = MUST(call.read([&](db::Tx& tx) -> Result<std::vector<places::Reference>> {
    return places::names(tx, codes);
  }));
  for (const places::Reference& reference : references) names[reference.code] = reference.name;
  const Catalogue catalogue(call.content());
  json::Array all;
  for (const cases::Case& one : found)
    all.push_back(public_view(one, catalogue, names, call.content(), language(call)));
  return all;
}

// Newest first. What is open comes from the queue, which holds nothing else; the rest from the
// history, page by page, until there are enough.
std::vector<cases::Case> select(db::Tx& tx, Code within, const Selection& wanted,
                                const pack::CaseKind& kind) {
  constexpr int64_t kAtOnce = 500;
  cases::Filter filter;
  filter.territories = {within};
  filter.subjects = wanted.services;
  filter.from = wanted.from;
  filter.to = wanted.to;
  std::vector<cases::Case> found;
  if (wanted.open && !wanted.closed) {
    found = cases::queue(tx, filter, {.limit = kMostRequests});
    std::sort(found.begin(), found.end(), [](const cases::Case& a, const cases::Case& b) {
      return a.state.opened_at > b.state.opened_at;
    });
    return found;
  }
  cases::Page page{.limit = kAtOnce};
  for (int64_t looked = 0; looked < 4 * kMostRequests; looked += kAtOnce) {
    const std::vector<cases::Case> some = cases::history(tx, filter, page);
    for (const cases::Case& one : some) {
      const pack::Stage* stage = kind.stage(one.state.stage);
      const bool closed = stage != nullptr && stage->terminal;
      if (closed ? wanted.closed : wanted.open) found.push_back(one);
    }
    if (static_cast<int64_t>(some.size()) < kAtOnce ||
        static_cast<int64_t>(found.size()) >= kMostRequests)
      break;
    page.after = {some.back().state.opened_at, some.back().id};
  }
  if (found.size() > static_cast<size_t>(kMostRequests)) found.resize(kMostRequests);
  return found;
}

std::vector<cases::Case> numbered(db::Tx& tx, host::Services& services, Code within,
                                  const std::vector<std::string>& numbers) {
  std::vector<cases::Case> found;
  for (const std::string& number : numbers)
    if (auto one = cases::find_numbered(tx, services, number); one && within.contains(one->place))
      found.push_back(std::move(*one));
  return found;
}

Result<Document> get_discovery(Context& call, const Parameters&) {
  const host::Settings& settings = call.services().settings;
  std::string base = settings.public_url;
  if (base.empty())
    base = (call.request().secure ? "https://" : "http://") +
           std::string(call.request().header("host"));
  const std::string changeset(kChangeset);
  return Document{"discovery",
                  json::Object{
                      {"changeset", changeset},
                      {"contact", base + "/r/"},
                      {"key_service", "linli key create --name NAME"},
                      {"endpoints", json::Array{json::Object{
                                        {"specification", "http://wiki.open311.org/GeoReport_v2"},
                                        {"url", base + std::string(kRoot)},
                                        {"changeset", changeset},
                                        {"type", settings.demo ? "test" : "production"},
                                        {"formats", json::Array{"text/xml", "application/json"}},
                                    }}},
                  }};
}

Result<Document> get_services(Context& call, const Parameters& parameters) {
  TRY(jurisdiction(call, parameters));
  return Catalogue(call.content()).services(language(call));
}

Result<Document> get_definition(Context& call, const Parameters& parameters) {
  TRY(jurisdiction(call, parameters));
  const Catalogue catalogue(call.content());
  const pack::Choice* service = catalogue.service(find(parameters, "id"));
  if (service == nullptr) return refuse(ErrorKind::not_found, "open311.unknown_service");
  return catalogue.definition(*service, language(call));
}

Result<Document> get_requests(Context& call, const Parameters& parameters) {
  const Code within = TRY(jurisdiction(call, parameters));
  const Selection wanted = TRY(read_selection(parameters, call.now()));
  std::vector<cases::Case> found =
      TRY(call.read([&](db::Tx& tx) -> Result<std::vector<cases::Case>> {
        if (!wanted.ids.empty()) return numbered(tx, call.services(), within, wanted.ids);
        return select(tx, within, wanted, Catalogue(call.content()).kind());
      }));
  const auto size = static_cast<int64_t>(found.size());
  const int64_t first = std::min(size, (wanted.page - 1) * wanted.page_size);
  const int64_t last = std::min(size, first + wanted.page_size);
  return Document{"service_requests", views(call, {found.begin() + first, found.begin() + last})};
}

Result<Document> get_request(Context& call, const Parameters& parameters) {
  const Code within = TRY(jurisdiction(call, parameters));
  const std::vector<cases::Case> found =
      TRY(call.read([&](db::Tx& tx) -> Result<std::vector<cases::Case>> {
        return numbered(tx, call.services(), within, {std::string(find(parameters, "id"))});
      }));
  if (found.empty()) return refuse(ErrorKind::not_found, "open311.unknown_request");
  return Document{"service_requests", views(call, found)};
}

// Every request has its number at once, which is then the token too.
Result<Document> get_token(Context& call, const Parameters& parameters) {
  const std::string token(find(parameters, "id"));
  TRY(call.read([&](db::Tx& tx) { return cases::find_numbered(tx, call.services(), token); }));
  return Document{"service_requests",
                  json::Array{json::Object{{"service_request_id", token}, {"token", token}}}};
}

Result<Document> post_request(Context& call, const Parameters& parameters) {
  const host::Actor actor = TRY(sender(call, parameters));
  const Code within = TRY(jurisdiction(call, parameters));
  const Catalogue catalogue(call.content());
  Report report = TRY(read_report(parameters, catalogue));
  report.opening.place = TRY(call.read(
      [&](db::Tx& tx) { return locate(tx, call.services().settings, within, report.location); }));
  if (!host::may(actor, "case.create", report.opening.place))
    return refuse(ErrorKind::forbidden, "access.denied");
  // A key stands for the service that passes the report on, not for the person who made it.
  if (actor.channel != "api")
    report.opening.reporter = actor.acts_for.empty() ? actor.account_id : actor.acts_for;
  const cases::Case made = TRY(call.transact([&](db::Tx& tx) {
    return cases::open(tx, call.services(), actor, report.opening, call.now());
  }));
  return Document{"service_requests", json::Array{json::Object{{"service_request_id", made.number},
                                                               {"service_notice", json::Value()},
                                                               {"account_id", json::Value()}}}};
}

// "sewage.json" → the id "sewage" in JSON.
Result<std::pair<std::string, Format>> split_name(std::string_view file) {
  for (const auto& [ending, format] :
       {std::pair<std::string_view, Format>{".json", Format::json}, {".xml", Format::xml}})
    if (file.size() > ending.size() && file.ends_with(ending))
      return std::pair(std::string(file.substr(0, file.size() - ending.size())), format);
  return refuse(ErrorKind::not_found, "open311.unknown_format");
}

Result<net::Response> respond(Context& call, Handle handle, Format format, std::string_view id) {
  const bool posting = call.request().method == "POST";
  const auto parameters = read_parameters(call.request());
  if (!parameters) return answer(parameters.error(), format);
  Parameters all = *parameters;
  all.insert(all.begin(), {"id", std::string(id)});
  const Result<Document> document = handle(call, all);
  // The router itself answers what an idempotency key shows to be a repetition.
  if (!document && document.error().code == "request.repeated") return refuse(document.error());
  if (!document) return answer(document.error(), format);
  return answer(*document, format, posting ? 201 : 200);
}

// One route for each format.
void add_list(std::vector<host::Route>& routes, const std::string& method, std::string_view name,
              Handle handle, const std::string& summary, std::vector<shape::Field> query) {
  query.push_back(shape::optional("jurisdiction_id", shape::text()));
  for (const auto& [ending, format] :
       {std::pair<std::string_view, Format>{".json", Format::json}, {".xml", Format::xml}})
    routes.push_back({.method = method,
                      .path = std::string(kRoot) + "/" + std::string(name) + std::string(ending),
                      .permission = "public",
                      .handle = [handle, format = format](Context& call) -> Result<net::Response> {
                        return respond(call, handle, format, {});
                      },
                      .summary = summary,
                      .query = query,
                      .raw_body = method == "POST"});
}

// One route for both formats: the last segment is the id with its ending.
void add_item(std::vector<host::Route>& routes, std::string_view name, Handle handle,
              const std::string& summary) {
  routes.push_back({.method = "GET",
                    .path = std::string(kRoot) + "/" + std::string(name) + "/{file}",
                    .permission = "public",
                    .handle = [handle](Context& call) -> Result<net::Response> {
                      const auto [id, format] = TRY(split_name(call.path("file")));
                      return respond(call, handle, format, id);
                    },
                    .summary = summary,
                    .query = {shape::optional("jurisdiction_id", shape::text())},
                    .errors = {"open311.unknown_format"}});
}

std::vector<host::Route> routes() {
  const auto text = [](const char* name) { return shape::optional(name, shape::text(4000)); };
  std::vector<host::Route> all;
  add_list(all, "GET", "discovery", get_discovery, "Open311: where the interface is", {});
  add_list(all, "GET", "services", get_services, "Open311: what can be requested", {});
  add_item(all, "services", get_definition, "Open311: what a service asks for");
  add_list(all, "GET", "requests", get_requests, "Open311: requests, newest first",
           {text("service_request_id"), text("service_code"), text("start_date"), text("end_date"),
            text("status"), text("page"), text("page_size")});
  add_list(all, "POST", "requests", post_request, "Open311: file a request (a form as body)",
           {text("api_key")});
  add_item(all, "requests", get_request, "Open311: one request");
  add_item(all, "tokens", get_token, "Open311: the request behind a token");
  return all;
}

}  // namespace

host::Module manifest(const std::shared_ptr<maps::Maps>& maps) {
  std::vector<host::Route> all = routes();
  for (host::Route& route : ogc::routes(maps)) all.push_back(std::move(route));
  return {.name = "gateways",
          .about = "Open standards: Open311 GeoReport v2, OGC API – Features.",
          .routes = std::move(all)};
}

}  // namespace linli::gateways
