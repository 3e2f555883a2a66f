// What a handler is given: who asks, what was asked, the time, the database, the content.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/region.h"
#include "core/time.h"
#include "host/actor.h"
#include "host/services.h"
#include "net/http.h"

namespace linli::host {

class Context {
 public:
  Context(Services& services, const net::Request& request, Actor actor, time::Instant now)
      : services_(services), request_(request), actor_(std::move(actor)), now_(now) {}

  Services& services() { return services_; }
  const pack::Content& content() const { return *services_.content; }
  const net::Request& request() const { return request_; }
  const Actor& actor() const { return actor_; }
  time::Instant now() const { return now_; }
  time::Date today() const { return time::date_of(now_); }

  // A {name} of the route's path; the route has it.
  const std::string& path(std::string_view name) const;
  std::string_view query(std::string_view name) const { return request_.parameter(name); }
  // The `limit` parameter, 1 to 200, 50 when absent.
  Result<int64_t> limit() const;
  Result<region::Code> query_place(std::string_view name) const;  // absent: the nation
  // The body, already checked against the route's input shape.
  const json::Value& body() const { return body_; }

  // Refuses `access.denied` (or `access.sign_in` when nobody is signed in).
  Done require(std::string_view permission, region::Code place) const;
  // Refuses as above when there is no territory at all.
  Result<std::vector<region::Code>> require_somewhere(std::string_view permission) const;

  template <class Body>
  auto read(Body&& body) {
    return services_.database.read(std::forward<Body>(body));
  }
  // As Database::transact. A request with an idempotency key leaves its mark in the same
  // transaction: a repetition is refused with `request.repeated` and does nothing (the router then
  // gives the first answer again).
  template <class Body>
  auto transact(Body&& body) {
    return services_.database.transact([&](db::Tx& tx) -> std::invoke_result_t<Body, db::Tx&> {
      TRY(mark_once(tx));
      return body(tx);
    });
  }

  std::vector<std::pair<std::string, std::string>> path_values;  // set by the router
  void set_body(json::Value body) { body_ = std::move(body); }

 private:
  Done mark_once(db::Tx& tx) const;

  Services& services_;
  const net::Request& request_;
  Actor actor_;
  time::Instant now_;
  json::Value body_;
};

// A 200 with JSON from a writing function.
net::Response ok(const std::function<void(json::Writer&)>& write);
net::Response created(const std::function<void(json::Writer&)>& write);
net::Response no_content();

// Opaque page cursors: the sort values of the last row. Reading refuses `page.bad_cursor`.
std::string write_cursor(const std::vector<Value>& last);
Result<std::vector<Value>> read_cursor(std::string_view text);

}  // namespace linli::host
