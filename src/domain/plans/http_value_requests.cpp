// Requests for values, and what a place owes altogether.
#include "core/id.h"
#include "domain/accounts/api.h"
#include "domain/plans/routes.h"
#include "domain/plans/store.h"
#include "domain/plans/store_duties.h"
#include "domain/plans/value_requests.h"
#include "domain/plans/wire_duties.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

constexpr int64_t kMostDuties = 200;

void audit(Context& call, db::Tx& tx, std::string_view action, const ValueRequest& request) {
  accounts::audit(tx, call.services(), call.actor(), action, request.indicator, request.place,
                  json::Object{{"period", request.period}, {"state", request.state}}, call.now());
}

RequestStep step_of(const Context& call, std::string_view what, Code place,
                    std::optional<double> value, std::string note) {
  return {.what = std::string(what),
          .place = place,
          .value = value,
          .note = std::move(note),
          .actor_id = call.actor().account_id,
          .actor_name = call.actor().name,
          .at = call.now()};
}

Result<Response> post_requests(Context& call, Figures& figures) {
  const json::Value& body = call.body();
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), plan->key, call.path("key")));
  const Code asked_by = TRY(Code::parse(body.text("asked_by")));
  TRY(call.require("plan.write", asked_by));
  const time::Date due = TRY(time::parse_date(body.text("due")));
  const auto asked = TRY(call.transact([&](db::Tx& tx) -> Result<std::vector<Named<ValueRequest>>> {
    const Scene scene{tx, call.services(), figures, call.today()};
    std::vector<ValueRequest> all;
    for (const json::Value& item : body.find("places")->as_array()) {
      ValueRequest made{.id = id::make(call.now()),
                        .place = TRY(Code::parse(item.as_string())),
                        .plan = plan->key,
                        .indicator = indicator->key,
                        .period = body.text("period"),
                        .due = due,
                        .asked_by = asked_by,
                        .at = call.now()};
      if (!asked_by.contains(made.place)) {
        return refuse(ErrorKind::invalid, "value_request.not_below", made.place.text());
      }
      const IndicatorView view =
          indicators(scene, *plan, made.place, call.today(), indicator).front();
      const bool computed = view.value && !view.report;
      all.push_back(TRY(ask(tx, call.services(), made, computed,
                            step_of(call, "asked", asked_by, {}, body.text("note")))));
      audit(call, tx, "value_request.asked", all.back());
    }
    return named(tx, all);
  }));
  return items(asked, [&](json::Writer& out, const Named<ValueRequest>& request) {
    write(out, request, call.today());
  });
}

Result<Response> get_requests(Context& call) {
  RequestFilter filter{.plan = std::string(call.query("plan")),
                       .indicator = std::string(call.query("indicator")),
                       .state = std::string(call.query("state")),
                       .under = TRY(readable_place(call, "place"))};
  if (call.query("turn") == "true") filter.at_level = filter.under;
  const int64_t limit = TRY(call.limit());
  const auto after = TRY(read_after(call));
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Named<ValueRequest>>> {
    return named(tx, store::requests(tx, filter, after, limit));
  }));
  return page_of(found, limit, [&](json::Writer& out, const Named<ValueRequest>& request) {
    write(out, request, call.today());
  });
}

Result<Response> get_request(Context& call) {
  struct Whole {
    Named<ValueRequest> request;
    std::vector<RequestStep> steps;
  };
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<Whole> {
    const ValueRequest request = TRY(find_request(tx, call.path("id")));
    TRY(call.require("figure.read", request.place));
    return Whole{named(tx, {request}).front(), store::steps_of(tx, request.id)};
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("request");
    write(out, found.request, call.today());
    out.key("steps").begin_array();
    for (const RequestStep& step : found.steps) write(out, step);
    out.end_array().end_object();
  });
}

// Saves what became of a request and answers with it.
Result<Named<ValueRequest>> saved(Context& call, db::Tx& tx, ValueRequest changed,
                                  const RequestStep& step) {
  const ValueRequest kept = TRY(save_request(tx, call.services(), std::move(changed), step));
  audit(call, tx, "value_request." + step.what, kept);
  return named(tx, {kept}).front();
}

Result<Response> post_answer(Context& call) {
  const json::Value& body = call.body();
  Answer given{.missing = body.text("missing"), .evidence = body.text("evidence")};
  if (const json::Value* value = body.find("value"); value && value->is_number()) {
    given.value = value->as_number();
  }
  if (const json::Value* files = body.find("files"); files && files->is_array()) {
    for (const json::Value& file : files->as_array()) given.files.push_back(file.as_string());
  }
  const auto done = TRY(call.transact([&](db::Tx& tx) -> Result<Named<ValueRequest>> {
    const ValueRequest request = TRY(find_request(tx, call.path("id")));
    TRY(call.require("plan.report", request.place));
    TRY(find_files(tx, given.files, request.place));
    const pack::Indicator* indicator =
        TRY(find_indicator(call.content(), request.plan, request.indicator));
    std::vector<double> history;
    for (const Report& known : store::reports(tx, request.indicator, request.place)) {
      history.push_back(known.value);
    }
    return saved(call, tx, TRY(answer(request, *indicator, given, history, call.now())),
                 step_of(call, "submitted", request.place, given.value,
                         given.value ? given.evidence : given.missing));
  }));
  return host::ok([&](json::Writer& out) { write(out, done, call.today()); });
}

// Whose turn it is decides; nobody approves what he has submitted himself.
Result<Response> decide(Context& call, std::string_view what,
                        Result<ValueRequest> (*next)(ValueRequest)) {
  const auto done = TRY(call.transact([&](db::Tx& tx) -> Result<Named<ValueRequest>> {
    const ValueRequest request = TRY(find_request(tx, call.path("id")));
    TRY(call.require("plan.approve", request.at_level));
    for (const RequestStep& step : store::steps_of(tx, request.id)) {
      if (what == "approved" && step.what == "submitted" && step.value == request.value &&
          step.actor_id == call.actor().account_id) {
        return refuse(ErrorKind::forbidden, "value_request.own", request.id);
      }
    }
    return saved(call, tx, TRY(next(request)),
                 step_of(call, what, request.at_level, request.value, call.body().text("note")));
  }));
  return host::ok([&](json::Writer& out) { write(out, done, call.today()); });
}

Result<Response> post_approve(Context& call) {
  return decide(call, "approved", approve);
}

Result<Response> post_return(Context& call) {
  return decide(call, "returned", send_back);
}

// What a place owes and to whom: its targets, open tasks and open requests.
Result<Response> get_duties(Context& call) {
  const Code place = TRY(readable_place(call, "place"));
  struct Duties {
    std::vector<HandedTarget> targets;
    std::vector<Named<Task>> tasks;
    std::vector<Named<ValueRequest>> requests;
  };
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<Duties> {
    RequestFilter turn{.under = place, .at_level = place};
    std::vector<ValueRequest> requests = store::requests(tx, turn, {}, kMostDuties);
    std::erase_if(requests, [](const ValueRequest& known) { return known.state == "approved"; });
    return Duties{store::targets_at(tx, place),
                  named(tx, store::tasks(tx, {.under = place, .own = true, .state = "open"}, {},
                                         kMostDuties)),
                  named(tx, requests)};
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("place", place.text()).key("targets").begin_array();
    for (const HandedTarget& target : found.targets) {
      out.begin_object()
          .member("indicator", target.indicator)
          .member("year", target.year)
          .member("value", target.value)
          .member("handed_by", target.handed_by.text())
          .end_object();
    }
    out.end_array().key("tasks").begin_array();
    for (const auto& task : found.tasks) write(out, task, call.today());
    out.end_array().key("requests").begin_array();
    for (const auto& request : found.requests) write(out, request, call.today());
    out.end_array().end_object();
  });
}

}  // namespace

std::vector<host::Route> value_request_routes(const std::shared_ptr<Figures>& figures) {
  const auto place = optional("place", shape::place());
  const shape::Shape target =
      shape::object({required("indicator", shape::text()), required("year", shape::integer()),
                     required("value", shape::number()), required("handed_by", shape::place())},
                    "OwedTarget");
  const shape::Shape note = shape::object({required("note", shape::text(500))}, "Decision");
  const std::string one = "/api/v1/value-requests/{id}";
  return {
      {.method = "POST",
       .path = "/api/v1/plans/{plan}/indicators/{key}/requests",
       .permission = "plan.write",
       .handle = bound(post_requests, figures),
       .summary = "Ask places for a value that cannot be computed, each once for a period",
       .input = shape::object({required("asked_by", shape::place()),
                               required("places", shape::array(shape::place(), 200)),
                               required("period", shape::text(9)), required("due", shape::date()),
                               required("note", shape::text(500))},
                              "AskValues"),
       .output = shape::page(request_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "period.bad", "indicator.wrong_period",
                  "value_request.computed", "value_request.asked_already",
                  "value_request.not_below", "place.not_found", "place.not_active"}},
      {.method = "GET",
       .path = "/api/v1/value-requests",
       .permission = "figure.read",
       .handle = get_requests,
       .summary = "Requests to places under a place, or those whose turn it is there",
       .query = {place, optional("plan", shape::text()), optional("indicator", shape::text()),
                 optional("state", shape::choice({"open", "submitted", "approved"})),
                 optional("turn", shape::choice({"true", "false"})),
                 optional("limit", shape::text(4)), optional("after", shape::text(500))},
       .output = shape::page(request_shape()),
       .errors = {"place.bad_code", "page.bad_cursor"}},
      {.method = "GET",
       .path = one,
       .permission = "figure.read",
       .handle = get_request,
       .summary = "A request with its steps",
       .output = shape::object(
           {required("request", request_shape()), required("steps", shape::array(step_shape()))},
           "RequestWithSteps"),
       .errors = {"value_request.not_found"}},
      {.method = "POST",
       .path = one + "/answer",
       .permission = "plan.report",
       .handle = post_answer,
       .summary = "Answer with a value and evidence, or say why there is none",
       .input =
           shape::object({optional("value", shape::number()), optional("missing", shape::text(500)),
                          optional("evidence", shape::text(500)),
                          optional("files", shape::array(shape::id(), 20))},
                         "AnswerValue"),
       .output = request_shape(),
       .errors = {"value_request.not_found", "value_request.not_open", "value_request.empty",
                  "value_request.needs_evidence", "value_request.out_of_limits",
                  "evidence.not_found", "record.changed_meanwhile"}},
      {.method = "POST",
       .path = one + "/approve",
       .permission = "plan.approve",
       .handle = post_approve,
       .summary = "Approve at this level; the level that asked makes it the indicator's value",
       .input = note,
       .output = request_shape(),
       .errors = {"value_request.not_found", "value_request.not_submitted", "value_request.own",
                  "record.changed_meanwhile"}},
      {.method = "POST",
       .path = one + "/return",
       .permission = "plan.approve",
       .handle = post_return,
       .summary = "Send back to the place that was asked",
       .input = note,
       .output = request_shape(),
       .errors = {"value_request.not_found", "value_request.not_submitted",
                  "record.changed_meanwhile"}},
      {.method = "GET",
       .path = "/api/v1/plan-duties",
       .permission = "figure.read",
       .handle = get_duties,
       .summary = "What a place owes and to whom: targets, open tasks, requests whose turn it is",
       .query = {place},
       .output = shape::object(
           {required("place", shape::place()), required("targets", shape::array(target)),
            required("tasks", shape::array(task_shape())),
            required("requests", shape::array(request_shape()))},
           "Duties"),
       .errors = {"place.bad_code"}},
  };
}

}  // namespace linli::plans
