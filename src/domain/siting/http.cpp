#include "domain/siting/api.h"
#include "domain/siting/inquiry.h"
#include "domain/siting/module.h"
#include "domain/siting/wire.h"

namespace linli::siting {

namespace {

using host::Context;
using net::Response;

constexpr std::string_view kKind = "siting";
constexpr std::string_view kPermission = "siting.ask";

Result<Response> post_question(Context& call) {
  const Inquiry inquiry = TRY(read_inquiry(call.content(), call.body()));
  TRY(call.require(kPermission, inquiry.place));
  return host::accepted(
      TRY(host::ask(call, kKind, inquiry.place, call.body(), call.body().integer("seed", 1))));
}

// Refuses `siting.no_answer` while there is none.
Result<json::Value> answer_to(Context& call) {
  host::Computation found = TRY(host::find_computation(call, call.path("id")));
  if (found.kind != kKind || found.answer.is_null())
    return refuse(ErrorKind::conflict, "siting.no_answer");
  return std::move(found.answer);
}

Response file(std::string type, std::string_view name, std::string body) {
  Response response;
  response.headers = {
      {"content-type", std::move(type)},
      {"content-disposition", "attachment; filename=\"" + std::string(name) + "\""}};
  response.body = std::move(body);
  return response;
}

Result<Response> get_geojson(Context& call) {
  return file("application/geo+json", "sites.geojson",
              json::write(geojson_of(TRY(answer_to(call)))));
}

Result<Response> get_csv(Context& call) {
  return file("text/csv; charset=utf-8", "sites.csv", csv_of(TRY(answer_to(call))));
}

}  // namespace

host::Module manifest(std::shared_ptr<circles::Circles> circles) {
  const std::string base = "/api/v1/siting/questions";
  const std::vector<std::string> file_errors{"computation.not_found", "siting.no_answer"};
  return {
      .name = "siting",
      .about = "Where facilities should stand, and how far from the best an answer can be.",
      .permissions = {std::string(kPermission)},
      .routes = {{.method = "POST",
                  .path = base,
                  .permission = "signed_in",
                  .handle = post_question,
                  .summary = "Ask where facilities should stand; the answer is a computation's",
                  .input = inquiry_shape(),
                  .output = host::computation_shape(),
                  .errors = {"circle.unknown", "circle.group_unknown", "circle.place_too_large",
                             "siting.unknown_need", "siting.unknown_kind",
                             "siting.weights_with_room", "computation.too_many"}},
                 {.method = "GET",
                  .path = base + "/{id}/sites.geojson",
                  .permission = "signed_in",
                  .handle = get_geojson,
                  .summary = "The new sites of an answer as points",
                  .errors = file_errors},
                 {.method = "GET",
                  .path = base + "/{id}/sites.csv",
                  .permission = "signed_in",
                  .handle = get_csv,
                  .summary = "The new sites of an answer as a spreadsheet",
                  .errors = file_errors}},
      .computations = {{.name = std::string(kKind),
                        .permission = std::string(kPermission),
                        .compute =
                            [circles](host::Services& services, host::Run& run) {
                              return find_sites(services, *circles, run);
                            }}},
  };
}

}  // namespace linli::siting
