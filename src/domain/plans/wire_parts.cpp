#include "domain/plans/wire_parts.h"

namespace linli::plans {

using shape::required;

void write(json::Writer& out, const pack::Text& text) {
  out.begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

void name(json::Writer& out, const pack::Text& text) {
  out.key("name");
  write(out, text);
}

void write_report(json::Writer& out, const Statistic& given) {
  out.begin_object()
      .member("year", given.year)
      .member("value", given.value)
      .member("source", given.source)
      .member("actor_name", given.actor_name)
      .member("at", time::format(given.at))
      .end_object();
}

void write_date(json::Writer& out, std::string_view key, time::Date date) {
  out.key(key);
  date != 0 ? out.value(time::format_date(date)) : out.null();
}

shape::Shape text_shape() {
  return shape::object({required("zh", shape::text()), required("en", shape::text())}, "Text");
}

shape::Field number(std::string field) {
  return {std::move(field), shape::number(), true, true};
}

shape::Shape report_shape() {
  return shape::object({required("year", shape::integer()), required("value", shape::number()),
                        required("source", shape::text(500)), required("actor_name", shape::text()),
                        required("at", shape::instant())},
                       "ReportedNumber");
}

}  // namespace linli::plans
