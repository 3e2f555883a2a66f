// Questions whose answers take seconds to minutes: asked through a route of their module, computed
// beside the requests, stopped with the best so far, kept with their answers.
//
//   waiting → running → finished | stopped | refused | failed
//
// A question and its seed say everything: what a killed process left is begun again and gives the
// same answer. The general routes (how far, stop, list, remove) are those of computations().
#pragma once

#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/json.h"
#include "host/context.h"
#include "host/module.h"

namespace linli::host {

struct Computation {
  std::string id;
  std::string kind;
  region::Code place;
  std::string asked_by;  // account
  std::string asked_by_name;
  time::Instant asked_at = 0;
  int64_t seed = 1;
  json::Value question;
  std::string state = "waiting";
  double done = 0;   // 0 to 1
  json::Value best;  // what is known so far, in the kind's own words; null before
  int64_t attempts = 0;
  std::optional<time::Instant> ended_at;
  std::string code;    // of a refusal or failure
  json::Value answer;  // null unless finished or stopped
};

// What a computing function sees of the outside. Safe for many threads.
class Run {
 public:
  Run(const Computation& of, std::stop_token end) : asked(of), stop(std::move(end)) {}
  const Computation& asked;
  const std::stop_token stop;  // asked to end with the best so far

  void tell(double done, json::Value best);
  std::pair<double, json::Value> told() const;

 private:
  mutable std::mutex mutex_;
  double done_ = 0;
  json::Value best_;
};

// Keeps the question and lets it wait for its turn. Whoever calls has asked for the kind's
// permission at the place. Refuses `computation.too_many` when the account or the installation has
// as many waiting as may.
Result<Computation> ask(Context& call, std::string_view kind, region::Code place,
                        json::Value question, int64_t seed);
// Refuses `computation.not_found`, also when the reader lacks the kind's permission at the place.
Result<Computation> find_computation(Context& call, std::string_view id);

// Null when no module has it.
const ComputationKind* computation_kind(const Services& services, std::string_view name);

// 202 with the computation.
net::Response accepted(const Computation& asked);
// With question and answer, or as a line of a list.
void write(json::Writer& out, const Computation& one, bool whole);
shape::Shape computation_shape();

// The module of the general routes.
Module computations();

}  // namespace linli::host
