// What a handler is given: who asks, what was asked, the time, the database, the content.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.h"
#include "core/json.h"
#include "core/region.h"
#include "core/time.h"
#include "core/value.h"
#include "db/database.h"
#include "engine/pack/types.h"
#include "net/http.h"

namespace linli::host {

struct Observer;
struct Module;

// A right over a territory: all permissions of the role, for places under `place`.
struct Grant {
  std::string role;
  region::Code place;
  std::vector<std::string> permissions;  // sorted; filled from the pack's role
};

struct Actor {
  std::string account_id;  // empty: not signed in
  std::string name;
  std::string acts_for;    // the account of the resident on whose behalf a helper acts, or empty
  std::string person_id;   // the register's person behind a resident's account, or empty
  std::string unit;        // the department or organisation that a worker belongs to, or empty
  std::string session_id;
  std::string channel = "web";  // web, counter, api, open311, import, system
  std::vector<Grant> grants;
};

// THE permission predicate: every path asks this one. `place` must lie under a grant whose role
// holds the permission (exactly, or by a pattern that ends in ".*").
bool may(const Actor& actor, std::string_view permission, region::Code place);
// The territories in which the actor holds the permission: what lists, counts, search and exports
// are cut to. Empty: nowhere. Not overlapping, ascending.
std::vector<region::Code> territories(const Actor& actor, std::string_view permission);

// Something that happened, written in the transaction that made it happen and read from there by
// listeners and web hooks.
struct Event {
  std::string id;
  int64_t position = 0;  // set by the sequencer; 0 while being written
  std::string name;      // case.replied
  region::Code place;
  std::string subject_id;
  time::Instant at = 0;
  std::string actor_id;
  json::Value data;      // no sensitive field
};

// A change of one record or case, seen by observers in the same transaction. `values` are in the
// order of the kind's scope (engine/pack): the null side is an insert or a deletion.
struct Change {
  std::string kind;  // person, resident_request
  struct Side {
    region::Code place;
    const std::vector<Value>* values = nullptr;
  };
  std::optional<Side> before;
  std::optional<Side> after;
};

// Settings of one installation, from the command line and the data folder.
struct Settings {
  std::string data_folder;
  std::string packs_folder;
  std::string web_folder;
  std::string region;     // wire code of the place it serves; "" is the nation
  bool demo = false;      // the outbox of one-time codes is shown on screen
  std::string public_url;
};

// What lives as long as the server.
struct Services {
  db::Database& database;
  std::shared_ptr<const pack::Content> content;
  const crypto::Keyring& keyring;
  Settings settings;
  std::vector<Module> modules;

  // Appends to the event log in this transaction and wakes the listeners after the commit.
  void announce(db::Tx& tx, Event event) const;
  // Tells every observer, in this transaction.
  void changed(db::Tx& tx, const Change& change) const;
  // Live pages: publishes to subscribers of the topic in this process, after a commit.
  void publish(std::string_view topic, std::string_view data) const;
  std::shared_ptr<class Hub> hub;
};

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
  template <class Body>
  auto transact(Body&& body) {
    return services_.database.transact(std::forward<Body>(body));
  }

  std::vector<std::pair<std::string, std::string>> path_values;  // set by the router
  void set_body(json::Value body) { body_ = std::move(body); }

 private:
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

// SQL for "place lies in one of the territories", appending its parameters: "(place BETWEEN $3
// AND $4 OR …)"; "1 = 0" for none.
std::string scope_sql(std::string_view column, const std::vector<region::Code>& territories,
                      db::Params& params);

// Opaque page cursors: the sort values of the last row. Reading refuses `page.bad_cursor`.
std::string write_cursor(const std::vector<Value>& last);
Result<std::vector<Value>> read_cursor(std::string_view text);

}  // namespace linli::host
