#include "domain/plans/alarms.h"

#include "domain/plans/outlook.h"
#include "domain/plans/store_duties.h"

namespace linli::plans {
namespace {

constexpr int64_t kMostAtOnce = 500;

host::Event event_of(std::string name, Code place, std::string subject, std::string actor_id,
                     time::Instant at) {
  host::Event event{.name = std::move(name),
                    .place = place,
                    .subject_id = std::move(subject),
                    .at = at,
                    .actor_id = std::move(actor_id),
                    .data = json::Object{}};
  return event;
}

// A name in both languages, as the texts ask for them.
void name_in(json::Value& data, const pack::Text& name) {
  data.set("name", name.zh);
  data.set("name_en", name.en);
}

// The place at which this installation looks at a plan; none of a plan for elsewhere.
std::optional<Code> place_for(const pack::PlanHeader& plan, Code region) {
  if (plan.territory.contains(region)) return region;
  if (region.contains(plan.territory)) return plan.territory;
  return std::nullopt;
}

int64_t raise_overdue(db::Tx& tx, const host::Services& services, time::Instant now) {
  const time::Date today = time::date_of(now);
  int64_t raised = 0;
  for (const Task& task : store::tasks_to_raise(tx, today, kMostAtOnce)) {
    announce(tx, services, "plan.task_overdue", task, {}, now);
    store::keep_alarm(tx, {task.place, "task:" + task.id, std::to_string(task.due), now});
    ++raised;
  }
  for (const ValueRequest& request : store::requests_to_raise(tx, today, kMostAtOnce)) {
    announce(tx, services, "plan.value_overdue", request, {}, now);
    store::keep_alarm(tx, {request.place, "value:" + request.id, std::to_string(request.due), now});
    ++raised;
  }
  return raised;
}

// The first look at an indicator raises nothing: only what has turned is news.
int64_t raise_lights(const Scene& scene, const pack::PlanHeader& plan, Code place,
                     time::Instant now) {
  const std::string looked = "plan:" + plan.key;
  const std::string today = std::to_string(scene.today);
  if (store::alarm(scene.tx, place, looked) == today) return 0;
  store::keep_alarm(scene.tx, {place, looked, today, now});
  int64_t raised = 0;
  for (const Outlook& outlook : outlooks(scene, plan, nullptr, place)) {
    const pack::Indicator& of = *outlook.now.indicator;
    const std::string subject = "light:" + of.key;
    const std::string light(indicator::name_of(outlook.judgement.light));
    const auto before = store::alarm(scene.tx, place, subject);
    if (before == light) continue;
    store::keep_alarm(scene.tx, {place, subject, light, now});
    if (!before || outlook.judgement.light != indicator::Light::red) continue;
    host::Event event = event_of("plan.light_red", place, plan.key + ":" + of.key, {}, now);
    event.data.set("plan", plan.key);
    event.data.set("number", of.number);
    name_in(event.data, of.name);
    event.data.set("asking", place.text());
    scene.services.announce(scene.tx, std::move(event));
    ++raised;
  }
  return raised;
}

}  // namespace

void announce(db::Tx& tx, const host::Services& services, const std::string& name, const Task& task,
              const std::string& actor_id, time::Instant at) {
  host::Event event = event_of(name, task.place, task.id, actor_id, at);
  event.data.set("plan", task.plan);
  event.data.set("number", task.number);
  event.data.set("name", task.name);
  event.data.set("due", time::format_date(task.due));
  event.data.set("owing", task.place.text());
  event.data.set("asking", task.handed_by.text());
  services.announce(tx, std::move(event));
}

void announce(db::Tx& tx, const host::Services& services, const std::string& name,
              const ValueRequest& request, const std::string& actor_id, time::Instant at) {
  host::Event event = event_of(name, request.place, request.id, actor_id, at);
  event.data.set("plan", request.plan);
  event.data.set("indicator", request.indicator);
  const pack::Indicator* indicator = services.content->indicator(request.indicator);
  name_in(event.data, indicator == nullptr ? pack::Text{request.indicator, request.indicator}
                                           : indicator->name);
  event.data.set("period", request.period);
  event.data.set("due", time::format_date(request.due));
  event.data.set("owing", request.place.text());
  // While it is on its way up, the next who approves; before, and when it is late, who asked.
  const bool under_way = request.state == "submitted";
  event.data.set("asking", (under_way ? request.at_level : request.asked_by).text());
  services.announce(tx, std::move(event));
}

int64_t raise_alarms(Figures& figures, host::Services& services, time::Instant now) {
  int64_t raised = MUST(services.database.transact(
      [&](db::Tx& tx) -> Result<int64_t> { return raise_overdue(tx, services, now); }));
  const Result<Code> region = Code::parse(services.settings.region);
  if (!region) return raised;
  for (const pack::PlanHeader& plan : services.content->plans) {
    const auto place = place_for(plan, *region);
    if (!place) continue;
    raised += MUST(services.database.transact([&](db::Tx& tx) -> Result<int64_t> {
      return raise_lights({tx, services, figures, time::date_of(now)}, plan, *place, now);
    }));
  }
  return raised;
}

}  // namespace linli::plans
