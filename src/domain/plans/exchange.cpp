#include "domain/plans/exchange.h"

#include <charconv>
#include <cmath>
#include <sstream>
#include <tuple>

#include "core/csv.h"
#include "core/json.h"
#include "core/xml.h"
#include "engine/indicator/period.h"

namespace linli::plans {
namespace {

constexpr std::string_view kSpace = "urn:ihe:qrph:adx:2015";
constexpr size_t kColumns = 9;
// Names of times in a file stand for themselves, whatever day it is.
constexpr time::Date kAnyDay = 19700101;

const csv::Row& header() {
  static const csv::Row names = {"plan",      "indicator",   "place", "period",  "value",
                                 "numerator", "denominator", "kind",  "evidence"};
  return names;
}

// The shortest text that reads back as the same number.
std::string text_of(double number) {
  json::Writer out;
  out.value(number);
  return out.take();
}

std::string text_of(const std::optional<double>& number) {
  return number ? text_of(*number) : "";
}

bool read_number(std::string_view text, std::optional<double>& number) {
  number.reset();
  if (text.empty()) return true;
  double read = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(read)) {
    return false;
  }
  number = read;
  return true;
}

bool is_kind(std::string_view kind) {
  return kind == "computed" || kind == "reported" || kind == "statistic";
}

// Reads what both formats hold as text, or says what is wrong with it.
std::string read_value(const csv::Row& fields, ExchangedValue& value) {
  const auto place = region::Code::parse(fields[2]);
  if (!place) return place.error().code;
  const bool dated = !fields[3].empty() && fields[3][0] >= '0' && fields[3][0] <= '9';
  if (!dated || !indicator::parse_period(fields[3], kAnyDay)) return "period.bad";
  std::optional<double> number;
  if (fields[0].empty() || fields[1].empty() || !is_kind(fields[7]) ||
      !read_number(fields[4], number) || !number || !read_number(fields[5], value.numerator) ||
      !read_number(fields[6], value.denominator)) {
    return "exchange.bad_row";
  }
  value.plan = fields[0];
  value.indicator = fields[1];
  value.place = *place;
  value.period = fields[3];
  value.value = *number;
  value.kind = fields[7];
  value.evidence = fields[8];
  // csv::write keeps spreadsheets from running text as a formula by an apostrophe in front.
  constexpr std::string_view kFormulas = "=+-@";
  if (value.evidence.size() > 1 && value.evidence[0] == '\'' &&
      kFormulas.find(value.evidence[1]) != std::string_view::npos) {
    value.evidence.erase(0, 1);
  }
  return "";
}

void take(const csv::Row& fields, int64_t line, Exchanged& exchanged) {
  ExchangedValue value;
  const std::string wrong = read_value(fields, value);
  if (!wrong.empty()) {
    exchanged.errors.push_back({line, wrong});
    return;
  }
  exchanged.values.push_back(std::move(value));
  exchanged.lines.push_back(line);
}

void write_attribute(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += " " + std::string(name) + "=\"" + xml::escape(value) + "\"";
}

}  // namespace

std::string to_csv(const std::vector<ExchangedValue>& values) {
  std::string out = csv::write(header());
  for (const ExchangedValue& value : values) {
    out += csv::write({value.plan, value.indicator, value.place.text(), value.period,
                       text_of(value.value), text_of(value.numerator), text_of(value.denominator),
                       value.kind, value.evidence});
  }
  return out;
}

std::string to_adx(const std::vector<ExchangedValue>& values, time::Instant exported) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<adx xmlns=\"";
  out += kSpace;
  out += "\" exported=\"" + time::format(exported) + "\">\n";
  const auto group = [](const ExchangedValue& value) {
    return std::tie(value.plan, value.place, value.period);
  };
  const ExchangedValue* before = nullptr;
  for (const ExchangedValue& value : values) {
    if (before == nullptr || group(*before) != group(value)) {
      if (before != nullptr) out += "  </group>\n";
      out += "  <group";
      write_attribute(out, "dataSet", value.plan);
      write_attribute(out, "orgUnit", value.place.text().empty() ? "0" : value.place.text());
      const auto period = indicator::parse_period(value.period, kAnyDay);
      write_attribute(out, "period", period ? indicator::to_iso(*period) : value.period);
      out += ">\n";
    }
    out += "    <dataValue";
    write_attribute(out, "dataElement", value.indicator);
    write_attribute(out, "value", text_of(value.value));
    write_attribute(out, "kind", value.kind);
    write_attribute(out, "numerator", text_of(value.numerator));
    write_attribute(out, "denominator", text_of(value.denominator));
    out += value.evidence.empty()
               ? "/>\n"
               : "><annotation>" + xml::escape(value.evidence) + "</annotation></dataValue>\n";
    before = &value;
  }
  if (before != nullptr) out += "  </group>\n";
  return out + "</adx>\n";
}

Result<Exchanged> from_csv(std::string_view text) {
  std::istringstream in{std::string(text)};
  Exchanged exchanged;
  bool first = true;
  bool right = true;
  TRY(csv::read(in, csv::detect(text.substr(0, 4096)), [&](int64_t line, const csv::Row& fields) {
    if (first) {
      first = false;
      right = fields == header();
      return right;
    }
    if (fields.size() != kColumns) {
      exchanged.errors.push_back({line, "exchange.bad_row"});
    } else {
      take(fields, line, exchanged);
    }
    return true;
  }));
  if (first || !right) return refuse(ErrorKind::invalid, "exchange.bad_header");
  return exchanged;
}

Result<Exchanged> from_adx(std::string_view text) {
  const xml::Element root = TRY(xml::parse(text));
  if (root.space != kSpace || root.name != "adx") {
    return refuse(ErrorKind::invalid, "exchange.not_adx", root.name);
  }
  Exchanged exchanged;
  for (const xml::Element& group : root.children) {
    if (group.name != "group") continue;
    const auto period = indicator::from_iso(group.attribute("period"));
    const std::string_view unit = group.attribute("orgUnit");
    for (const xml::Element& value : group.children) {
      if (value.name != "dataValue") continue;
      if (!period) {
        exchanged.errors.push_back({value.line, "period.bad"});
        continue;
      }
      std::string evidence;
      for (const xml::Element& child : value.children) {
        if (child.name == "annotation") evidence = child.text;
      }
      const std::string_view kind = value.attribute("kind");
      take({std::string(group.attribute("dataSet")), std::string(value.attribute("dataElement")),
            unit == "0" ? "" : std::string(unit), period->text,
            std::string(value.attribute("value")), std::string(value.attribute("numerator")),
            std::string(value.attribute("denominator")),
            kind.empty() ? "reported" : std::string(kind), evidence},
           value.line, exchanged);
    }
  }
  return exchanged;
}

}  // namespace linli::plans
