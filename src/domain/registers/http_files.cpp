#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/registers/api.h"
#include "domain/registers/exports.h"
#include "domain/registers/imports.h"
#include "domain/registers/requests.h"
#include "domain/registers/routes.h"
#include "domain/registers/view.h"
#include "host/context.h"

namespace linli::registers {

namespace {

// Imports of files up to this are done when the answer comes; larger ones by the job.
constexpr size_t kDoneAtOnceBytes = 1024 * 1024;

// "姓名:name,备注:" as column to field.
std::map<std::string, std::string> read_mapping(std::string_view text) {
  std::map<std::string, std::string> mapping;
  for (const std::string& pair : text::split(text, ',')) {
    const size_t colon = pair.rfind(':');
    if (colon == std::string::npos) continue;
    mapping[text::trim(pair.substr(0, colon))] = text::trim(pair.substr(colon + 1));
  }
  return mapping;
}

net::Response answer(const Import& import) {
  return host::ok([&](json::Writer& out) {
    out.begin_object();
    out.key("id");
    if (import.id.empty()) {
      out.null();
    } else {
      out.value(import.id);
    }
    out.member("state", import.state).member("line", import.line);
    out.member("rows", import.accepted + import.rejected);
    out.member("accepted", import.accepted).member("rejected", import.rejected);
    out.key("errors").begin_array();
    for (const ImportError& error : import.errors) {
      out.begin_object().member("line", error.line).member("field", error.field);
      out.member("code", error.code).member("expected", error.expected).end_object();
    }
    out.end_array().key("mapping").begin_object();
    for (const auto& [column, target] : import.mapping) out.member(column, target);
    out.end_object().end_object();
  });
}

Result<net::Response> post_import(host::Context& call) {
  const pack::Register& kind = *TRY(register_named(call.content(), call.path("kind")));
  const std::vector<region::Code> territories =
      TRY(call.require_somewhere(permission(kind, "import")));
  ImportOptions options;
  options.place = TRY(call.query_place("place"));
  if (options.place == region::Code()) options.place = territories.front();
  TRY(call.require(permission(kind, "import"), options.place));
  options.mapping = read_mapping(call.query("mapping"));
  if (!call.query("place_column").empty()) {
    options.mapping[std::string(call.query("place_column"))] = "place";
  }
  std::vector<std::string> names;
  for (const auto& [column, target] : options.mapping) names.push_back(target);
  TRY(refuse_hidden(kind, call.actor(), territories, names, false));
  const std::string& text = call.request().body;
  if (call.query("dry_run") == "true") {
    return answer(TRY(try_import(call.services(), call.actor(), kind, text, options, call.now())));
  }
  const Import import =
      TRY(start_import(call.services(), call.actor(), kind, text, options, call.now()));
  TRY(call.transact([&](db::Tx& tx) -> Done {
    accounts::audit(tx, call.services(), call.actor(), "register.imported", import.id,
                    options.place, json::Object{{"register", kind.key}}, call.now());
    return {};
  }));
  if (text.size() > kDoneAtOnceBytes) return answer(import);
  return answer(TRY(run_import(call.services(), import.id)));
}

Result<net::Response> get_import(host::Context& call) {
  const Import import = TRY(find_import(call.services(), call.path("id")));
  const pack::Register& kind = *TRY(register_named(call.content(), import.kind));
  if (kind.key != call.path("kind") ||
      !host::may(call.actor(), permission(kind, "import"), import.place)) {
    return refuse(ErrorKind::not_found, "import.not_found");
  }
  return answer(import);
}

Result<net::Response> get_export(host::Context& call, Spreadsheet as) {
  const Asked asked = TRY(registers::asked(call, "export"));
  const Wanted wanted = TRY(wanted_filter(call, asked));
  const std::string_view language = call.query("language");
  const std::string_view named = call.query("datum");
  const auto datum = datum::named(named.empty() ? "WGS-84" : named);
  if (!datum) return refuse_fields({{"/datum", "field.format", "WGS-84, GCJ-02 or BD-09"}});
  const Export done = TRY(call.read([&](db::Tx& tx) -> Result<Export> {
    return export_records(tx, call.services(), call.actor(), *asked.kind, wanted.filter, language,
                          as, call.now(), *datum);
  }));
  TRY(call.transact([&](db::Tx& tx) -> Done {
    accounts::audit(tx, call.services(), call.actor(), "register.exported", asked.kind->key,
                    asked.territories.front(), json::Object{{"rows", done.rows}}, call.now());
    return {};
  }));
  net::Response response;
  response.file = done.file;
  const bool workbook = as == Spreadsheet::xlsx;
  response.headers = {
      {"content-type", workbook
                           ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                           : "text/csv; charset=utf-8"},
      {"content-disposition",
       "attachment; filename=\"" + asked.kind->key + (workbook ? ".xlsx\"" : ".csv\"")}};
  return response;
}

Result<net::Response> get_csv(host::Context& call) {
  return get_export(call, Spreadsheet::csv);
}

Result<net::Response> get_xlsx(host::Context& call) {
  return get_export(call, Spreadsheet::xlsx);
}

shape::Shape import_shape() {
  return shape::object(
      {shape::optional("id", shape::id()),
       shape::required("state", shape::choice({"waiting", "running", "finished", "failed"})),
       shape::required("line", shape::integer()), shape::required("rows", shape::integer()),
       shape::required("accepted", shape::integer()), shape::required("rejected", shape::integer()),
       shape::required(
           "errors",
           shape::array(shape::object(
               {shape::required("line", shape::integer()), shape::required("field", shape::text()),
                shape::required("code", shape::text()), shape::required("expected", shape::text())},
               "ImportError"))),
       shape::required("mapping", shape::open_object())},
      "Import");
}

}  // namespace

std::vector<host::Route> file_routes() {
  std::vector<shape::Field> cut = filter_fields();
  cut.push_back(shape::optional("language", shape::choice({"zh", "en"})));
  cut.push_back(shape::optional("datum", shape::text(10)));
  return {
      {.method = "POST",
       .path = "/api/v1/registers/{kind}/imports",
       .permission = "signed_in",
       .handle = post_import,
       .summary = "Import a spreadsheet (CSV or XLSX as the body), or with dry_run say what would "
                  "happen",
       .query = {shape::optional("place", shape::place()),
                 shape::optional("dry_run", shape::boolean()),
                 shape::optional("mapping", shape::text(4000)),
                 shape::optional("place_column", shape::text(100))},
       .output = import_shape(),
       .errors = {"csv.invalid", "workbook.invalid", "workbook.old", "import.no_columns",
                  "import.bad_mapping"},
       .raw_body = true},
      {.method = "GET",
       .path = "/api/v1/registers/{kind}/imports/{id}",
       .permission = "signed_in",
       .handle = get_import,
       .summary = "How far an import is, with the rows that were refused",
       .output = import_shape(),
       .errors = {"import.not_found"}},
      {.method = "GET",
       .path = "/api/v1/registers/{kind}/export.csv",
       .permission = "signed_in",
       .handle = get_csv,
       .summary = "The records of a list as a spreadsheet (CSV)",
       .query = cut,
       .errors = {"register.not_found", "expression.invalid"}},
      {.method = "GET",
       .path = "/api/v1/registers/{kind}/export.xlsx",
       .permission = "signed_in",
       .handle = get_xlsx,
       .summary = "The records of a list as a spreadsheet (Office Open XML)",
       .query = cut,
       .errors = {"register.not_found", "expression.invalid"}},
  };
}

}  // namespace linli::registers
