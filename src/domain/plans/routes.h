// The routes of the plans, by subject, and what their handlers share.
#pragma once

#include <memory>
#include <vector>

#include "domain/plans/views.h"
#include "host/context.h"

namespace linli::plans {

std::vector<host::Route> measure_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> public_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> plan_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> why_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> target_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> task_routes();
std::vector<host::Route> value_request_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> exchange_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> quality_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> evaluation_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> standard_routes(const std::shared_ptr<Figures>& figures);
std::vector<host::Route> statistic_routes(const std::shared_ptr<Figures>& figures);

// A handler that reads figures, as a route's.
using Handler = Result<net::Response> (*)(host::Context&, Figures&);
inline auto bound(Handler handler, const std::shared_ptr<Figures>& figures) {
  return [figures, handler](host::Context& call) { return handler(call, *figures); };
}

// The place of a query parameter, where the actor may read figures.
inline Result<Code> readable_place(const host::Context& call, std::string_view parameter) {
  const Code place = TRY(call.query_place(parameter));
  TRY(call.require("figure.read", place));
  return place;
}

// Runs `view(const Scene&)` in one snapshot.
template <class View>
auto look(host::Context& call, Figures& figures, View&& view) {
  return call.read([&](db::Tx& tx) {
    return view(Scene{tx, call.services(), figures, call.today()});
  });
}

template <class Items, class Write>
net::Response items(const Items& all, Write&& write_one) {
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const auto& item : all) write_one(out, item);
    out.end_array().key("next").null().end_object();
  });
}

}  // namespace linli::plans
