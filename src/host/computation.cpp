#include "host/computation.h"

#include "core/id.h"
#include "host/computation_store.h"

namespace linli::host {

namespace {

using net::Response;

constexpr int64_t kMostOfOne = 5;
constexpr int64_t kMostOfAll = 50;

Result<Response> get_one(Context& call) {
  const Computation found = TRY(find_computation(call, call.path("id")));
  return ok([&](json::Writer& out) { write(out, found, true); });
}

Result<Response> get_list(Context& call) {
  const ComputationKind* kind = computation_kind(call.services(), call.query("kind"));
  if (kind == nullptr) return refuse(ErrorKind::not_found, "computation.unknown_kind");
  const region::Code place = TRY(call.query_place("place"));
  std::vector<region::Code> cut;
  for (const region::Code mine : TRY(call.require_somewhere(kind->permission))) {
    if (mine.contains(place)) {
      cut.push_back(place);
    } else if (place.contains(mine)) {
      cut.push_back(mine);
    }
  }
  const int64_t limit = TRY(call.limit());
  std::string before;
  if (const std::string_view cursor = call.query("after"); !cursor.empty()) {
    const std::vector<Value> last = TRY(read_cursor(cursor));
    if (last.size() != 1 || !std::holds_alternative<std::string>(last[0]))
      return refuse(ErrorKind::invalid, "page.bad_cursor");
    before = std::get<std::string>(last[0]);
  }
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<std::vector<Computation>> {
    return store::list(tx, kind->name, cut, before, limit + 1);
  }));
  return ok([&](json::Writer& out) {
    const size_t shown = std::min(found.size(), static_cast<size_t>(limit));
    out.begin_object().key("items").begin_array();
    for (size_t i = 0; i < shown; ++i) write(out, found[i], false);
    out.end_array().key("next");
    found.size() > shown ? out.value(write_cursor({found[shown - 1].id})) : out.null();
    out.end_object();
  });
}

Result<Response> post_stop(Context& call) {
  const Computation found = TRY(find_computation(call, call.path("id")));
  TRY(call.transact([&](db::Tx& tx) -> Done {
    store::ask_to_stop(tx, found.id, call.now());
    return {};
  }));
  return accepted(TRY(find_computation(call, found.id)));
}

Result<Response> remove_one(Context& call) {
  const Computation found = TRY(find_computation(call, call.path("id")));
  if (!found.ended_at) return refuse(ErrorKind::conflict, "computation.not_ended");
  TRY(call.transact([&](db::Tx& tx) -> Done {
    store::remove(tx, found);
    return {};
  }));
  return no_content();
}

}  // namespace

const ComputationKind* computation_kind(const Services& services, std::string_view name) {
  for (const Module& module : services.modules) {
    for (const ComputationKind& kind : module.computations) {
      if (kind.name == name) return &kind;
    }
  }
  return nullptr;
}

Result<Computation> ask(Context& call, std::string_view kind, region::Code place,
                        json::Value question, int64_t seed) {
  Computation asked{.id = id::make(call.now()),
                    .kind = std::string(kind),
                    .place = place,
                    .asked_by = call.actor().account_id,
                    .asked_by_name = call.actor().name,
                    .asked_at = call.now(),
                    .seed = seed,
                    .question = std::move(question)};
  TRY(call.transact([&](db::Tx& tx) -> Done {
    const auto [all, mine] = store::unfinished(tx, asked.asked_by);
    if (all >= kMostOfAll || mine >= kMostOfOne)
      return refuse(ErrorKind::busy, "computation.too_many");
    store::insert(tx, asked);
    return {};
  }));
  return asked;
}

Result<Computation> find_computation(Context& call, std::string_view id) {
  const auto found = TRY(call.read([&](db::Tx& tx) -> Result<std::optional<Computation>> {
    return store::load_computation(tx, id);
  }));
  if (found) {
    const ComputationKind* kind = computation_kind(call.services(), found->kind);
    if (kind != nullptr && may(call.actor(), kind->permission, found->place)) return *found;
  }
  return refuse(ErrorKind::not_found, "computation.not_found");
}

Response accepted(const Computation& asked) {
  Response response = ok([&](json::Writer& out) { write(out, asked, false); });
  response.status = 202;
  response.headers.emplace_back("location", "/api/v1/computations/" + asked.id);
  return response;
}

void write(json::Writer& out, const Computation& one, bool whole) {
  out.begin_object();
  out.member("id", one.id).member("kind", one.kind).member("place", one.place.text());
  out.member("asked_by", one.asked_by_name).member("asked_at", time::format(one.asked_at));
  out.member("seed", one.seed).member("state", one.state).member("done", one.done);
  out.member("best", one.best).member("question", one.question);
  out.key("ended_at");
  one.ended_at ? out.value(time::format(*one.ended_at)) : out.null();
  out.key("code");
  one.code.empty() ? out.null() : out.value(one.code);
  if (whole) out.member("answer", one.answer);
  out.end_object();
}

shape::Shape computation_shape() {
  return shape::object(
      {shape::required("id", shape::id()), shape::required("kind", shape::text()),
       shape::required("place", shape::place()), shape::required("asked_by", shape::text()),
       shape::required("asked_at", shape::instant()), shape::required("seed", shape::integer()),
       shape::required("state", shape::choice({"waiting", "running", "finished", "stopped",
                                               "refused", "failed"})),
       shape::required("done", shape::number(0, 1)), shape::optional("best", shape::open_object()),
       shape::required("question", shape::open_object()),
       shape::optional("ended_at", shape::instant()), shape::optional("code", shape::text()),
       shape::optional("answer", shape::open_object())},
      "Computation");
}

Module computations() {
  const std::string base = "/api/v1/computations";
  const std::vector<std::string> errors{"computation.not_found"};
  return {.name = "computations",
          .about = "Questions whose answers take seconds to minutes: how far, stop, the answer.",
          .routes = {{.method = "GET",
                      .path = base,
                      .permission = "signed_in",
                      .handle = get_list,
                      .summary = "A kind's questions under a place, the newest first",
                      .query = {shape::required("kind", shape::text(60)),
                                shape::optional("place", shape::place()),
                                shape::optional("limit", shape::text(3)),
                                shape::optional("after", shape::text(500))},
                      .output = shape::page(computation_shape()),
                      .errors = {"computation.unknown_kind", "page.bad_cursor"}},
                     {.method = "GET",
                      .path = base + "/{id}",
                      .permission = "signed_in",
                      .handle = get_one,
                      .summary = "A question with how far it is and, in the end, its answer",
                      .output = computation_shape(),
                      .errors = errors},
                     {.method = "POST",
                      .path = base + "/{id}/stop",
                      .permission = "signed_in",
                      .handle = post_stop,
                      .summary = "End with the best so far",
                      .output = computation_shape(),
                      .errors = errors},
                     {.method = "DELETE",
                      .path = base + "/{id}",
                      .permission = "signed_in",
                      .handle = remove_one,
                      .summary = "Remove a question that has ended, with its answer",
                      .errors = {"computation.not_found", "computation.not_ended"}}}};
}

}  // namespace linli::host
