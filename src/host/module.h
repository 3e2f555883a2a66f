// What a module is: one manifest that names everything it brings. app/modules.cpp lists them all;
// routes, permissions, migrations, jobs and the OpenAPI text come from that list alone.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/expr/expression.h"
#include "core/shape.h"
#include "db/database.h"
#include "db/migration.h"
#include "host/event.h"
#include "net/http.h"

namespace linli::host {

class Context;    // host/context.h
class Run;        // host/computation.h
struct Services;  // host/services.h

// One declaration a route: the check of the input, the OpenAPI text and the front end's types all
// come from it.
struct Route {
  std::string method;
  std::string path;        // /api/v1/cases/{id}/close
  std::string permission;  // as in roles; "public" or "signed_in" need no grant
  std::function<Result<net::Response>(Context&)> handle;
  std::string summary;                   // English, one line
  std::vector<shape::Field> query = {};  // parameters after ?, all text on the wire
  shape::Shape input = {};               // Type::any without fields: no JSON body is read
  shape::Shape output = {};
  std::vector<std::string> errors = {};  // codes beyond the general ones
  bool raw_body = false;                 // the body is a file, not JSON
  bool open_query = false;               // other parameters are the handler's to judge
};

// Work in the background: due again `every_ms` after its last end. Runs on one worker at a time.
struct Job {
  std::string name;
  int64_t every_ms = 60'000;
  std::function<void(Services&, time::Instant now)> run;
};

// Questions whose answers take seconds to minutes (host/computation.h). `compute` answers one, or
// refuses; asked to stop, it answers with the best so far. Whoever has the permission at a
// question's place may read, stop and remove it.
struct ComputationKind {
  std::string name;
  std::string permission;
  std::function<Result<json::Value>(Services&, Run&)> compute;
};

// A reader of the event log: called once an event, in order, in a transaction that also moves the
// reader's position, so that its writes happen exactly once.
struct Listener {
  std::string name;
  std::vector<std::string> events;  // names it wants; empty: all
  std::function<Done(db::Tx&, Services&, const Event&)> handle;
};

// Sees every change of a record or case in the transaction that makes it (figures by deltas).
struct Observer {
  std::string name;
  std::function<void(db::Tx&, Services&, const Change&)> changed;
};

// Streams every record of a kind whose place lies in [first, last], each as a Change would show
// it; false when the kind is not the module's. With `needs`, what it does not name may be missing.
// Figures are computed anew from this.
using Records = std::function<bool(db::Tx&, Services&, std::string_view kind, region::Code first,
                                   region::Code last, const expr::Needs* needs,
                                   const std::function<void(const Change::Side&)>& record)>;

struct Module {
  std::string name;
  std::string about = {};  // one English sentence, for the API's text
  std::vector<std::string> permissions = {};
  std::vector<db::Migration> migrations = {};
  std::vector<Route> routes = {};
  std::vector<Job> jobs = {};
  std::vector<ComputationKind> computations = {};
  std::vector<Listener> listeners = {};
  std::vector<Observer> observers = {};
  Records records = nullptr;
  // Called once after migrations and before the first request (prepare tables that packs declare).
  std::function<Done(Services&, time::Instant now)> start = nullptr;
  // Called by `linli doctor`: each line says one thing that is wrong and what to do.
  std::function<std::vector<std::string>(Services&)> examine = nullptr;
};

}  // namespace linli::host
