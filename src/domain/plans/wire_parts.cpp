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

namespace {

template <class Given>
void write_number(json::Writer& out, std::string_view period, const Given& given) {
  out.begin_object()
      .member("period", period)
      .member("value", given.value)
      .member("source", given.source)
      .member("actor_name", given.actor_name)
      .member("at", time::format(given.at))
      .end_object();
}

}  // namespace

void write_given(json::Writer& out, const Statistic& given) {
  write_number(out, std::to_string(given.year), given);
}

void write_given(json::Writer& out, const Report& given) {
  write_number(out, given.period.text, given);
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

shape::Shape given_shape() {
  return shape::object({required("period", shape::text()), required("value", shape::number()),
                        required("source", shape::text(500)), required("actor_name", shape::text()),
                        required("at", shape::instant())},
                       "GivenNumber");
}

}  // namespace linli::plans
