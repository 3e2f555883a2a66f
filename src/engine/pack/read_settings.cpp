// Packs, plans, roles, calendars and texts.
#include <algorithm>
#include <charconv>

#include "core/text.h"
#include "core/time.h"
#include "engine/pack/read.h"

namespace linli::pack {
namespace {

void read_plan(const Document& document, Content& content, Report& report) {
  const json::Value& value = document.value;
  PlanHeader plan;
  read_common(document, plan);
  plan.document = value.text("document");
  plan.status = value.text("status");
  plan.follows = value.text("follows");
  if (const Result<time::Date> issued = time::parse_date(value.text("issued"))) {
    plan.issued = *issued;
  }
  const json::Array& years = value.find("years")->as_array();
  if (years.size() != 2 || years[0].as_int() > years[1].as_int()) {
    return report.add(document, *value.find("years"), "these are no years of a plan",
                      "the first and the last: [2021, 2025]");
  }
  plan.first_year = static_cast<int>(years[0].as_int());
  plan.last_year = static_cast<int>(years[1].as_int());
  plan.territory = MUST(region::Code::parse(value.text("territory")));
  content.plans.push_back(std::move(plan));
}

void read_role(const Document& document, Content& content, Report& report) {
  Role role;
  read_common(document, role);
  const json::Value* permissions = document.value.find("permissions");
  role.permissions = words_of(permissions);
  for (const std::string& permission : role.permissions) {
    const auto fits = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '*';
    };
    if (permission.find('.') == std::string::npos ||
        !std::all_of(permission.begin(), permission.end(), fits)) {
      report.add(document, *permissions, "`" + permission + "` is no permission",
                 "<thing>.<verb>, as in case.handle or register.*.read");
    }
  }
  for (const std::string& level : words_of(document.value.find("levels"))) {
    role.levels.push_back(MUST(region::level_named(level)));
  }
  content.roles.push_back(std::move(role));
}

// Days of the year, each once; what they are in the other list is not looked at.
void read_days(const Document& document, const char* member, int64_t year,
               std::set<time::Date>& days, Report& report) {
  for (const json::Value& day : document.value.find(member)->as_array()) {
    const time::Date date = MUST(time::parse_date(day.as_string()));
    const bool weekend = time::weekday(date) >= 5;
    if (date / 10000 != year) {
      report.add(document, day, day.as_string() + " is not in this calendar's year",
                 "a day of " + std::to_string(year));
    } else if (std::string_view(member) == "workdays" && !weekend) {
      report.add(document, day, day.as_string() + " is worked anyway", "a Saturday or Sunday");
    } else if (!days.insert(date).second) {
      report.add(document, day, day.as_string() + " stands twice");
    }
  }
}

void read_calendar(const Document& document, Content& content, Report& report) {
  const int64_t year = document.value.integer("calendar");
  Calendar& calendar = content.calendar;
  calendar.known_years.insert(static_cast<int>(year));
  read_days(document, "holidays", year, calendar.holidays, report);
  read_days(document, "workdays", year, calendar.workdays, report);
  for (const json::Value& day : document.value.find("workdays")->as_array()) {
    if (calendar.holidays.count(MUST(time::parse_date(day.as_string()))) > 0) {
      report.add(document, day, day.as_string() + " is a holiday and a workday", "one of the two");
    }
  }
}

// Minutes of "09:30"; -1 when it is no time of day.
int minute_of(std::string_view text) {
  int hour = 0;
  int minute = 0;
  if (text.size() != 5 || text[2] != ':') return -1;
  const auto first = std::from_chars(text.data(), text.data() + 2, hour);
  const auto last = std::from_chars(text.data() + 3, text.data() + 5, minute);
  const bool whole = first.ptr == text.data() + 2 && last.ptr == text.data() + 5;
  return whole && hour >= 0 && minute >= 0 && hour * 60 + minute <= 24 * 60 && minute < 60
             ? hour * 60 + minute
             : -1;
}

void read_working_hours(const Document& document, Content& content, Report& report) {
  content.calendar.spans.clear();
  const json::Value& spans = *document.value.find("spans");
  int after = 0;
  for (const json::Value& span : spans.as_array()) {
    const std::string& text = span.as_string();
    const size_t dash = std::min(text.find('-'), text.size());
    const int from = minute_of(std::string_view(text).substr(0, dash));
    const int to = dash < text.size() ? minute_of(std::string_view(text).substr(dash + 1)) : -1;
    if (from < after || to <= from) {
      report.add(document, span, "`" + text + "` is no span of the day",
                 "ascending spans as in 09:00-12:00");
      return;
    }
    after = to;
    content.calendar.spans.push_back({from, to});
  }
  if (spans.as_array().empty()) report.add(document, spans, "no time is worked", "09:00-12:00");
}

void read_texts(const Document& document, Content& content, Report& report) {
  auto& texts = content.texts[document.key];
  for (const auto& [key, text] : document.value.as_object()) {
    if (key == "texts") continue;
    if (!text.is_string()) {
      report.add(document, text, "`" + key + "` does not fit", "a text in quotes");
    } else if (!texts.emplace(key, text.as_string()).second) {
      report.add(document, text, "the text `" + key + "` stands twice");
    }
  }
}

}  // namespace

void read_settings(const Document& document, Content& content, Report& report) {
  const std::string& family = document.family;
  if (family == "pack") {
    PackHeader header;
    read_common(document, header);
    header.version = document.value.text("version");
    header.languages = words_of(document.value.find("languages"));
    header.needs = words_of(document.value.find("needs"));
    content.packs.push_back(std::move(header));
  } else if (family == "plan") {
    read_plan(document, content, report);
  } else if (family == "role") {
    read_role(document, content, report);
  } else if (family == "calendar") {
    read_calendar(document, content, report);
  } else if (family == "working_hours") {
    read_working_hours(document, content, report);
  } else {
    read_texts(document, content, report);
  }
}

}  // namespace linli::pack
