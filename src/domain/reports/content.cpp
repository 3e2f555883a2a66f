#include "domain/reports/content.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/places/api.h"

namespace linli::reports {
namespace {

using plans::IndicatorView;
using Values = std::vector<std::pair<std::string, std::string>>;

constexpr int64_t kMostTasks = 200;

// The words of one report.
class Words {
 public:
  Words(const pack::Content& content, std::string_view language)
      : content_(content), language_(language) {}
  std::string operator()(const std::string& key, const Values& values = {}) const {
    return text::fill(accounts::text_of(content_, language_, "report." + key), values);
  }
  const std::string& of(const pack::Text& text) const {
    return language_ == "zh" || text.en.empty() ? text.zh : text.en;
  }

 private:
  const pack::Content& content_;
  std::string language_;
};

// At most so many decimals, without zeros at the end; a dash for no data.
std::string number(std::optional<double> value, int decimals) {
  if (!value) return "—";
  char buffer[64];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, *value, std::chars_format::fixed, decimals);
  std::string made(buffer, error == std::errc() ? end : buffer);
  if (made.find('.') != std::string::npos) {
    made.erase(made.find_last_not_of('0') + 1);
    if (made.back() == '.') made.pop_back();
  }
  return made == "-0" ? "0" : made;
}

std::string baseline_of(const pack::Indicator& of) {
  const pack::Baseline* latest = nullptr;
  for (const pack::Baseline& one : of.baselines) {
    if (latest == nullptr || one.year > latest->year) latest = &one;
  }
  return latest == nullptr ? "—" : latest->printed;
}

std::string target_of(const IndicatorView& view) {
  if (!view.goal) return "—";
  if (!view.handed && view.target != nullptr) return view.target->printed;
  return number(view.goal->target.value, view.indicator->decimals);
}

Block indicator_table(const Words& words, const std::vector<IndicatorView>& views) {
  std::vector<std::vector<std::string>> rows;
  for (const IndicatorView& view : views) {
    if (view.indicator->source_of_value == pack::ValueSource::rule) continue;
    const pack::Indicator& of = *view.indicator;
    rows.push_back(
        {of.number, words.of(of.name), of.unit,
         of.attribute_printed ? words(*of.attribute_printed ? "binding" : "anticipatory") : "—",
         baseline_of(of), target_of(view), number(view.value, of.decimals),
         view.status ? words(std::string(indicator::name_of(*view.status))) : "—"});
  }
  return table(words("indicators"),
               {{words("number"), 1},
                {words("indicator"), 5},
                {words("unit"), 1.6},
                {words("attribute"), 1.4},
                {words("baseline"), 1.3, true},
                {words("target"), 1.5, true},
                {words("value"), 1.5, true},
                {words("status"), 1.5}},
               std::move(rows));
}

// How far each has come from its baseline to its target; of the main table, where there is one.
Block progress_bars(const Words& words, const std::vector<IndicatorView>& views) {
  const bool has_table = std::any_of(
      views.begin(), views.end(), [](const IndicatorView& view) { return view.indicator->main; });
  std::vector<Bar> all;
  for (const IndicatorView& view : views) {
    if (!view.progress || view.indicator->main != has_table) continue;
    const double share = std::clamp(*view.progress, 0.0, 1.0);
    all.push_back({view.indicator->number + " " + words.of(view.indicator->name), share,
                   number(100 * share, 0) + "%"});
  }
  return bars(words("progress_chart"), std::move(all));
}

std::string summary(const Words& words, const std::vector<IndicatorView>& views) {
  std::map<indicator::Status, int> counts;
  int whole = 0;
  for (const IndicatorView& view : views) {
    if (!view.status) continue;
    ++counts[*view.status];
    ++whole;
  }
  return words("summary", {{"count", std::to_string(whole)},
                           {"met", std::to_string(counts[indicator::Status::met])},
                           {"on_track", std::to_string(counts[indicator::Status::on_track])},
                           {"behind", std::to_string(counts[indicator::Status::behind])},
                           {"no_data", std::to_string(counts[indicator::Status::no_data])}});
}

Block service_table(const Words& words, const plans::ServiceFigures& figures) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [key, rate] : figures.rates) {
    if (rate.measure == nullptr) continue;
    const std::string of =
        rate.denominator ? number(rate.numerator, 0) + " / " + number(rate.denominator, 0) : "";
    rows.push_back({words.of(rate.measure->name), number(rate.value, 2), rate.measure->unit, of});
  }
  return table(
      words("requests"),
      {{words("indicator"), 4}, {words("value"), 2, true}, {words("unit"), 2}, {words("parts"), 3}},
      std::move(rows));
}

Block task_table(const Words& words, const std::vector<plans::Task>& tasks, time::Date date) {
  std::vector<std::vector<std::string>> rows;
  for (const plans::Task& task : tasks) {
    rows.push_back({task.number, task.name, task.unit, time::format_date(task.due),
                    std::to_string(task.percent) + "%",
                    words(task.overdue(date) ? "overdue" : "task_" + task.state)});
  }
  return table(words("tasks"),
               {{words("number"), 1},
                {words("task"), 5},
                {words("unit_responsible"), 2},
                {words("due"), 2},
                {words("progress"), 1.2, true},
                {words("state"), 1.4}},
               std::move(rows));
}

Block place_table(const plans::Scene& scene, const Words& words, const pack::PlanHeader& plan,
                  const std::vector<IndicatorView>& views, region::Code place) {
  std::vector<std::vector<std::string>> rows;
  for (const IndicatorView& view : views) {
    if (!view.indicator->main || !view.indicator->value) continue;
    for (const auto& child : plans::indicator_of_children(scene, plan, *view.indicator, place)) {
      if (child.view.status != indicator::Status::behind) continue;
      rows.push_back({words.of(view.indicator->name), child.place.name,
                      number(child.view.value, view.indicator->decimals), target_of(child.view)});
    }
  }
  return table(words("places_behind"),
               {{words("indicator"), 4},
                {words("place"), 3},
                {words("value"), 1.5, true},
                {words("target"), 1.5, true}},
               std::move(rows));
}

}  // namespace

Result<Document> make(const plans::Scene& scene, const pack::PlanHeader& plan, Kind kind,
                      region::Code place, const indicator::Period& period,
                      std::string_view language) {
  const bool month = period.text.size() == 7 && period.from % 100 == 1 &&
                     period.to == indicator::last_day(indicator::month_of(period.from));
  const bool year = period.from % 10000 == 101 && period.to == period.from / 10000 * 10000 + 1231;
  if ((kind == Kind::month && !month) || (kind == Kind::year && !year)) {
    return refuse(ErrorKind::invalid, "report.bad_period", period.text);
  }
  const Words words(scene.content(), language);
  const std::string name = places::name_of(scene.tx, place);
  const std::string plan_name = words.of(plan.name);
  Document made{.language = std::string(language), .date = std::min(period.to, scene.today)};
  const std::vector<IndicatorView> views = plans::indicators(scene, plan, place, made.date);
  const std::string what = kind == Kind::plan ? "plan" : kind == Kind::month ? "month" : "year";
  made.title = words(what + ".title", {{"place", name}, {"plan", plan_name}});
  made.subtitle =
      words(what + ".subtitle",
            {{"period", period.text}, {"date", date_text(made)}, {"document", plan.document}});
  made.issuer = words("issuer", {{"place", name}});
  made.blocks = {heading(words("part_overall")), paragraph(summary(words, views)),
                 heading(words("part_indicators")), indicator_table(words, views)};
  Block progress = progress_bars(words, views);
  if (!progress.bars.empty()) made.blocks.push_back(std::move(progress));
  if (kind == Kind::plan) return made;
  made.blocks.push_back(heading(words("part_requests")));
  made.blocks.push_back(service_table(words, plans::service_figures(scene, place, period)));
  const auto tasks = plans::tasks_under(
      scene.tx, {.plan = plan.key, .under = place, .year = period.from / 10000}, kMostTasks);
  made.blocks.push_back(heading(words("part_tasks")));
  made.blocks.push_back(tasks.empty() ? paragraph(words("no_tasks"))
                                      : task_table(words, tasks, made.date));
  if (kind == Kind::year) {
    made.blocks.push_back(heading(words("part_places")));
    made.blocks.push_back(place_table(scene, words, plan, views, place));
  }
  return made;
}

}  // namespace linli::reports
