#include "domain/maps/figures.h"

#include <algorithm>

namespace linli::maps {
namespace {

using region::Code;
using region::Level;

pack::Text name_in(const pack::ChoiceList* list, const std::string& key) {
  const pack::Choice* choice = list == nullptr ? nullptr : list->find(key);
  return choice == nullptr ? pack::Text{key, key} : choice->name;
}

pack::Text joined(const pack::Text& one, const pack::Text& other) {
  const auto english = [](const pack::Text& text) { return text.en.empty() ? text.zh : text.en; };
  return {one.zh + " · " + other.zh, english(one) + " · " + english(other)};
}

Figure figure_of(const std::shared_ptr<plans::Figures>& figures, const pack::PlanHeader& plan,
                 const pack::Indicator& indicator) {
  const auto read = [figures, of = &indicator](db::Tx& tx, host::Services& services,
                                               const std::vector<Code>& places, time::Instant now) {
    const time::Date today = time::date_of(now);
    const plans::Scene scene{tx, services, *figures, today};
    const std::string period = plans::period_on(today, today).text;
    std::vector<PlaceFigure> all;
    for (const plans::IndicatorView& view : plans::indicator_at(scene, *of, places)) {
      all.push_back({places[all.size()], view.value, view.numerator, view.denominator,
                     view.report ? view.report->period.text : period});
    }
    return all;
  };
  return {.id = "indicator." + indicator.key,
          .theme = plan.name,
          .name = indicator.name,
          .about = indicator.description,
          .unit = indicator.unit,
          .territory = plan.territory,
          .read = read};
}

Figure figure_of(const std::shared_ptr<circles::Circles>& source, const pack::Content& content,
                 const pack::Circle& circle, const std::string& need, const std::string& group) {
  const auto read = [source, of = &circle, need, group](db::Tx& tx, host::Services& services,
                                                        const std::vector<Code>& places,
                                                        time::Instant now) {
    const std::string day = time::format_date(time::date_of(now));
    std::vector<PlaceFigure> all;
    for (const circles::Covered& at : source->covered(tx, services, *of, need, group, places)) {
      PlaceFigure& figure = all.emplace_back();
      figure.place = at.place;
      figure.period = day;
      if (at.villages == 0) continue;
      figure.numerator = static_cast<double>(at.reached);
      figure.denominator = static_cast<double>(at.located);
      if (at.located > 0) figure.value = 100 * *figure.numerator / *figure.denominator;
    }
    return all;
  };
  const pack::PlanHeader* plan = content.plan(circle.plan);
  return {.id = "circle." + circle.key + "." + need + "." + group,
          .theme = plan == nullptr ? circle.name : joined(circle.name, plan->name),
          .name = joined(name_in(content.list("circle_need"), need),
                         name_in(content.list("resident_group"), group)),
          .about = circle.note,
          .unit = "%",
          .territory = plan == nullptr ? Code() : plan->territory,
          .highest = Level::county,
          .read = read};
}

bool meet(Code one, Code other) {
  return one.contains(other) || other.contains(one);
}

}  // namespace

bool Figure::tells_of(Code place) const {
  return place.level() >= highest && place.level() <= Level::village && territory.contains(place);
}

std::vector<PlaceFigure> Figure::seen(db::Tx& tx, host::Services& services,
                                      const host::Actor& actor, const std::vector<Code>& places,
                                      time::Instant now) const {
  std::vector<Code> wanted;
  std::copy_if(places.begin(), places.end(), std::back_inserter(wanted), [&](Code place) {
    return tells_of(place) && host::may(actor, kFigurePermission, place);
  });
  return wanted.empty() ? std::vector<PlaceFigure>() : read(tx, services, wanted, now);
}

std::vector<Figure> FigureLayers::all(const host::Services& services) const {
  const pack::Content& content = *services.content;
  const Code region = MUST(Code::parse(services.settings.region));
  std::vector<Figure> all;
  for (const pack::Circle& circle : content.circles) {
    const pack::PlanHeader* plan = content.plan(circle.plan);
    if (circle.needs.empty() || (plan != nullptr && !meet(plan->territory, region))) continue;
    std::vector<std::string> needs = {std::string(pack::kComplete)};
    for (const pack::CircleNeed& need : circle.needs) needs.push_back(need.key);
    for (const std::string& need : needs) {
      for (const std::string& group : circle.groups) {
        all.push_back(figure_of(circles_, content, circle, need, group));
      }
    }
  }
  for (const pack::PlanHeader& plan : content.plans) {
    if (!meet(plan.territory, region)) continue;
    for (const pack::Indicator& indicator : content.indicators) {
      if (indicator.plan != plan.key || indicator.source_of_value == pack::ValueSource::rule) {
        continue;
      }
      all.push_back(figure_of(figures_, plan, indicator));
    }
  }
  return all;
}

Result<Figure> FigureLayers::named(const host::Services& services, std::string_view id) const {
  for (Figure& figure : all(services)) {
    if (figure.id == id) return std::move(figure);
  }
  return refuse(ErrorKind::not_found, "layer.not_found", std::string(id));
}

Done may_read_figures(const host::Actor& actor) {
  if (!host::territories(actor, kFigurePermission).empty()) return {};
  return actor.account_id.empty() ? refuse(ErrorKind::unauthenticated, "access.sign_in")
                                  : refuse(ErrorKind::forbidden, "access.denied");
}

}  // namespace linli::maps
