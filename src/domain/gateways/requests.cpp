#include "domain/gateways/requests.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace linli::gateways {
namespace {

using region::Code;

constexpr std::string_view kChannel = "open311";
constexpr std::string_view kDescription = "description";

FieldError wrong(std::string_view name, std::string code, std::string expected) {
  return {"/" + std::string(name), std::move(code), std::move(expected)};
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> found;
  for (const std::string& word : text::split(list, ','))
    if (std::string trimmed = text::trim(word); !trimmed.empty())
      found.push_back(std::move(trimmed));
  return found;
}

int64_t count_of(std::string_view text, int64_t most, int64_t fallback) {
  const auto value = number(text);
  return value && *value >= 1 ? static_cast<int64_t>(std::min(*value, static_cast<double>(most)))
                              : fallback;
}

// attribute[code]=value, and attribute[code][]=value for each of several.
json::Value attribute(const Parameters& parameters, const pack::Field& field) {
  const std::string name = "attribute[" + field.name + "]";
  if (field.type == pack::FieldType::choices) {
    json::Array chosen;
    for (const auto& [key, value] : parameters)
      if (key == name || key == name + "[]") chosen.emplace_back(value);
    return chosen.empty() ? json::Value() : json::Value(std::move(chosen));
  }
  const std::string_view given = find(parameters, name);
  if (given.empty()) return {};
  const auto numeric = number(given);
  if (field.type == pack::FieldType::boolean && (given == "true" || given == "false"))
    return given == "true";
  if (field.type == pack::FieldType::decimal && numeric) return *numeric;
  if (field.type == pack::FieldType::integer && numeric)
    return static_cast<int64_t>(std::clamp(*numeric, -1e15, 1e15));
  return given;
}

std::string contact_name(const Parameters& parameters) {
  const std::string first = text::trim(find(parameters, "first_name"));
  const std::string last = text::trim(find(parameters, "last_name"));
  const bool latin = !first.empty() && !last.empty() && static_cast<signed char>(first[0]) > 0;
  return latin ? first + " " + last : last + first;
}

std::string agency(const cases::Case& shown, const Names& names, const pack::Content& content,
                   Language language) {
  const std::string& unit = shown.state.unit;
  const size_t at = unit.find('@');
  const std::string place = unit.substr(at == std::string::npos ? 0 : at + 1);
  const Result<Code> code = Code::parse(place);
  const auto named = code ? names.find(*code) : names.end();
  std::string text = named == names.end() ? place : named->second;
  if (at == std::string::npos) return text;
  const pack::ChoiceList* departments = content.list("department");
  const pack::Choice* department =
      departments == nullptr ? nullptr : departments->find(unit.substr(0, at));
  return text + " " + (department == nullptr ? unit.substr(0, at) : in(language, department->name));
}

}  // namespace

std::string_view find(const Parameters& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

Result<Parameters> read_parameters(const net::Request& request) {
  Parameters all = request.query;
  net::Request form;
  TRY(net::parse_target("/?" + text::trim(request.body), form));
  all.insert(all.end(), form.query.begin(), form.query.end());
  return all;
}

Result<Selection> read_selection(const Parameters& parameters, time::Instant now) {
  constexpr time::Instant kSpan = kMostDays * time::kDay;
  Selection selection;
  std::vector<FieldError> errors;
  const auto instant = [&](std::string_view name) -> std::optional<time::Instant> {
    const std::string_view text = find(parameters, name);
    if (text.empty()) return std::nullopt;
    const Result<time::Instant> read = time::parse(text);
    if (!read) errors.push_back(wrong(name, "time.bad_instant", "2025-03-01T00:00:00Z"));
    return read ? std::optional(*read) : std::nullopt;
  };
  const auto start = instant("start_date");
  const auto end = instant("end_date");
  selection.to = end ? *end + 1 : start ? *start + kSpan : now + 1;
  selection.from = std::max(start.value_or(selection.to - kSpan), selection.to - kSpan);
  selection.ids = words(find(parameters, "service_request_id"));
  selection.services = words(find(parameters, "service_code"));
  if (const auto status = words(find(parameters, "status")); !status.empty()) {
    const auto has = [&](std::string_view word) {
      return std::find(status.begin(), status.end(), word) != status.end();
    };
    selection.open = has("open");
    selection.closed = has("closed");
    if (static_cast<size_t>(selection.open) + static_cast<size_t>(selection.closed) !=
        status.size())
      errors.push_back(wrong("status", "field.not_a_choice", "open, closed"));
  }
  selection.page = count_of(find(parameters, "page"), kMostRequests, 1);
  selection.page_size = count_of(find(parameters, "page_size"), kMostRequests, kMostRequests);
  if (selection.ids.size() > static_cast<size_t>(kMostRequests))
    errors.push_back(wrong("service_request_id", "field.too_long", std::to_string(kMostRequests)));
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return selection;
}

Result<Report> read_report(const Parameters& parameters, const Catalogue& catalogue) {
  std::vector<FieldError> errors;
  Report report;
  const std::string_view code = find(parameters, "service_code");
  if (code.empty())
    errors.push_back(wrong("service_code", "field.required", "a code of GET services"));
  else if (catalogue.service(code) == nullptr)
    errors.push_back(wrong("service_code", "field.not_a_choice", "a code of GET services"));

  cases::Opening& opening = report.opening;
  opening.kind = catalogue.kind().key;
  opening.channel = kChannel;
  opening.form = json::Object{};
  for (const pack::Field& field : catalogue.kind().form) {
    const std::string_view said = find(parameters, kDescription);
    if (field.list == catalogue.kind().subject_list)
      opening.form.set(field.name, code);
    else if (field.name == kDescription && !said.empty())
      opening.form.set(field.name, said);
    else if (field.name == kDescription && field.required)
      errors.push_back(wrong(kDescription, "field.required", "what is the matter"));
  }
  for (const pack::Field* field : catalogue.attributes())
    if (json::Value value = attribute(parameters, *field); !value.is_null())
      opening.form.set(field->name, std::move(value));

  report.location.address_id = find(parameters, "address_id");
  report.location.address = find(parameters, "address_string");
  const std::string_view lat = find(parameters, "lat");
  const std::string_view lon = find(parameters, "long");
  if (!lat.empty() || !lon.empty()) {
    const auto y = number(lat);
    const auto x = number(lon);
    if (y && x && *y >= -90 && *y <= 90 && *x >= -180 && *x <= 180)
      report.location.point = places::Point{*x, *y};
    else
      errors.push_back(wrong("lat", "field.format", "lat and long in degrees, WGS-84"));
  }
  opening.point = report.location.point;
  opening.address = report.location.address;
  opening.contact.name = contact_name(parameters);
  opening.contact.phone = text::trim(find(parameters, "phone"));
  for (const auto& [name, most] : {std::pair<std::string_view, size_t>{"address_string", 200},
                                   {"phone", 32},
                                   {"first_name", 100},
                                   {"last_name", 100}})
    if (text::count_code_points(find(parameters, name)) > most)
      errors.push_back(wrong(name, "field.too_long", std::to_string(most)));
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return report;
}

json::Value public_view(const cases::Case& shown, const Catalogue& catalogue, const Names& names,
                        const pack::Content& content, Language language) {
  const workflow::State& state = shown.state;
  const pack::Stage* stage = catalogue.kind().stage(state.stage);
  const bool published = shown.channel == kChannel;
  const time::Instant updated =
      std::max({state.opened_at, state.replied_at.value_or(0), state.closed_at.value_or(0)});
  const auto village = names.find(shown.village());
  const std::string place = village == names.end() ? shown.village().text() : village->second;
  json::Object view = {
      {"service_request_id", shown.number},
      {"status", stage != nullptr && stage->terminal ? "closed" : "open"},
      {"status_notes", stage == nullptr ? std::string() : in(language, stage->resident_name)},
      {"service_name", catalogue.name_of(shown.subject(), language)},
      {"service_code", shown.subject()},
      {"description", json::Value()},
      {"agency_responsible", agency(shown, names, content, language)},
      {"service_notice", json::Value()},
      {"requested_datetime", time::format(state.opened_at)},
      {"updated_datetime", time::format(updated)},
      {"expected_datetime", json::Value()},
      {"address", place},
      {"address_id", shown.village().text()},
      {"zipcode", json::Value()},
      {"lat", json::Value()},
      {"long", json::Value()},
      {"media_url", json::Value()},
  };
  json::Value value = std::move(view);
  if (shown.due_at && !state.closed_at) value.set("expected_datetime", time::format(*shown.due_at));
  if (published) {
    value.set(kDescription, shown.form.text(kDescription));
    value.set("address_id", shown.place.text());
    if (!shown.address.empty()) value.set("address", shown.address);
    if (shown.point) {
      value.set("lat", shown.point->lat);
      value.set("long", shown.point->lon);
    }
  }
  return value;
}

std::vector<Code> named_in(const cases::Case& shown) {
  std::vector<Code> codes = {shown.village()};
  const std::string& unit = shown.state.unit;
  const size_t at = unit.find('@');
  if (const auto code = Code::parse(unit.substr(at == std::string::npos ? 0 : at + 1)); code)
    codes.push_back(*code);
  return codes;
}

}  // namespace linli::gateways
