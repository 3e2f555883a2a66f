// The two whole views of a case.
#include <algorithm>

#include "domain/cases/api.h"
#include "domain/cases/rules.h"
#include "domain/cases/view.h"
#include "engine/workflow/clock.h"
#include "engine/workflow/machine.h"

namespace linli::cases {
namespace {

using workflow::Action;

std::optional<std::string> moment(std::optional<time::Instant> instant) {
  return instant ? std::optional(time::format(*instant)) : std::nullopt;
}
std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void write_reporter(json::Writer& out, const View& view, const Case& shown) {
  const Contact contact = shown.anonymous ? Contact{} : contact_of(view.services, shown);
  out.key("reporter").begin_object();
  out.member("anonymous", shown.anonymous);
  out.member("has_account", !shown.reporter.empty());
  out.member("name", given(masked_name(contact.name)));
  out.member("phone", given(masked_phone(contact.phone)));
  out.end_object();
}

void write_clock(json::Writer& out, const View& view, const pack::Stage* stage,
                 const workflow::State& state) {
  out.key("clock");
  if (!stage || !stage->within) {
    out.null();
    return;
  }
  const workflow::Clock& clock = state.clock;
  out.begin_object();
  out.member("stage", state.stage);
  out.member("by", stage->by);
  out.member("started_at", time::format(clock.started_at));
  out.member("due_at", moment(clock.due_at));
  out.member("paused", clock.paused_at.has_value());
  out.member("paused_until", moment(clock.paused_until));
  out.member("reason", given(clock.reason));
  out.member("used_percent", workflow::used_percent(view.services.content->calendar, *stage->within,
                                                    clock, view.now));
  out.end_object();
}

void write_tasks(json::Writer& out, const View& view, const workflow::State& state) {
  out.key("tasks").begin_array();
  for (const workflow::Task& task : state.tasks) {
    out.begin_object();
    out.member("id", task.id);
    out.member("unit", task.unit);
    out.member("unit_name", unit_name(view, task.unit));
    out.member("text", task.text);
    out.member("called", task.called);
    out.member("opened_at", time::format(task.opened_at));
    out.member("due_at", moment(task.due_at));
    out.member("reported_at", moment(task.reported_at));
    out.member("finished_at", moment(task.finished_at));
    out.member("withdrawn", task.withdrawn);
    out.member("late", task.late);
    out.member("outcome", given(task.outcome));
    out.member("rating",
               task.rating > 0 ? std::optional(static_cast<int64_t>(task.rating)) : std::nullopt);
    out.end_object();
  }
  out.end_array();
}

void write_attachments(json::Writer& out, const std::vector<Attachment>& all, bool own) {
  out.key("attachments").begin_array();
  for (const Attachment& picture : all) {
    if (own && !picture.visible) continue;
    out.begin_object();
    out.member("id", picture.id);
    out.member("kind", picture.kind);
    out.member("width", picture.width);
    out.member("height", picture.height);
    out.member("bytes", picture.bytes);
    out.end_object();
  }
  out.end_array();
}

void write_reply(json::Writer& out, const workflow::State& state) {
  out.key("reply");
  if (!state.reply) {
    out.null();
    return;
  }
  out.begin_object();
  out.member("at", time::format(state.reply->at));
  out.member("text", state.reply->text);
  out.member("solved", state.reply->solved);
  out.end_object();
}

void write_events(json::Writer& out, const View& view, const Whole& whole) {
  out.key("events").begin_array();
  for (const LoggedEvent& logged : whole.events) {
    const workflow::Event& event = logged.event;
    out.begin_object();
    out.member("at", time::format(event.at));
    out.member("action", workflow::name_of(event.action));
    out.member("actor_name", given(logged.actor_name));
    out.member("by_reporter", !event.actor.empty() && event.actor == whole.shown.reporter);
    out.member("by_itself", event.actor.empty());
    out.member("stage", event.stage);
    out.member("unit", given(event.unit));
    out.member("unit_name", unit_name(view, event.unit));
    out.member("text", given(event.text));
    out.member("visible", event.visible);
    if (event.rating > 0) out.member("rating", event.rating);
    if (event.task > 0) out.member("task_id", event.task);
    out.end_object();
  }
  out.end_array();
}

void write_actions(json::Writer& out, const View& view, const pack::CaseKind* kind,
                   const host::Actor& actor, const Case& shown) {
  out.key("actions").begin_array();
  const workflow::Standing standing = standing_of(actor, shown);
  for (const Action action : workflow::all_actions()) {
    if (!kind || workflow::by_itself(action) || action == Action::me_too) continue;
    const auto refusal = workflow::why_not({*kind, view.services.content->calendar}, shown.state,
                                           standing, action, view.now);
    out.begin_object();
    out.member("action", workflow::name_of(action));
    out.member("why_not", refusal ? std::optional(refusal->code) : std::nullopt);
    out.end_object();
  }
  out.end_array();
}

void write_facts(json::Writer& out, const Case& shown) {
  out.member("form", shown.form);
  out.member("address", given(shown.address));
  out.key("point");
  if (shown.point)
    out.begin_object().member("lon", shown.point->lon).member("lat", shown.point->lat).end_object();
  else
    out.null();
  out.member("version", shown.version);
}

bool allowed(const View& view, const pack::CaseKind* kind, const host::Actor& actor,
             const Case& shown, Action action) {
  return kind && !workflow::why_not({*kind, view.services.content->calendar}, shown.state,
                                    standing_of(actor, shown), action, view.now);
}

// What the reporter reads of an event: the stage it led to in plain words, or words for him.
void write_steps(json::Writer& out, const View& view, const pack::CaseKind* kind,
                 const Whole& whole) {
  out.key("steps").begin_array();
  std::string stage;
  for (const LoggedEvent& logged : whole.events) {
    const workflow::Event& event = logged.event;
    if (event.stage == stage && !event.visible) continue;
    stage = event.stage;
    const pack::Stage* reached = kind ? kind->stage(event.stage) : nullptr;
    out.begin_object();
    out.member("at", time::format(event.at));
    out.member("action", workflow::name_of(event.action));
    out.member("stage", event.stage);
    out.member("title", !reached ? event.stage
                        : reached->resident_name.zh.empty()
                            ? in(view.language, reached->name)
                            : in(view.language, reached->resident_name));
    out.member("unit_name", unit_name(view, event.unit));
    out.member("text", event.visible ? given(event.text) : std::nullopt);
    if (event.rating > 0 && event.visible) out.member("rating", event.rating);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

void write_whole(json::Writer& out, const View& view, const host::Actor& actor,
                 const Whole& whole) {
  const Case& shown = whole.shown;
  const pack::CaseKind* kind = view.services.content->case_kind(shown.kind);
  out.begin_object();
  write_row(out, view, shown);
  write_facts(out, shown);
  write_reporter(out, view, shown);
  write_clock(out, view, kind ? kind->stage(shown.state.stage) : nullptr, shown.state);
  write_tasks(out, view, shown.state);
  write_attachments(out, whole.attachments, false);
  write_reply(out, shown.state);
  write_events(out, view, whole);
  write_actions(out, view, kind, actor, shown);
  out.key("related").begin_array();
  for (const Case& other : whole.related) {
    out.begin_object();
    out.member("id", other.id);
    out.member("number", other.number);
    out.member("relation", other.id == shown.state.merged_into ? "lead" : "joined");
    out.member("stage_name", stage_name(view, other));
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_own(json::Writer& out, const View& view, const host::Actor& actor, const Whole& whole) {
  const Case& shown = whole.shown;
  const pack::CaseKind* kind = view.services.content->case_kind(shown.kind);
  out.begin_object();
  write_row(out, view, shown);
  write_facts(out, shown);
  write_attachments(out, whole.attachments, true);
  write_reply(out, shown.state);
  write_steps(out, view, kind, whole);
  out.member("can_confirm", allowed(view, kind, actor, shown, Action::confirm));
  out.member("can_rate", allowed(view, kind, actor, shown, Action::rate));
  out.member("can_reopen", allowed(view, kind, actor, shown, Action::reopen));
  out.end_object();
}

}  // namespace linli::cases
