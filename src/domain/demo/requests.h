// A year of requests, each lived through the workflow engine as people would have done it.
#pragma once

#include <optional>

#include "domain/cases/api.h"
#include "domain/demo/city.h"
#include "domain/demo/roster.h"
#include "domain/demo/walk.h"

namespace linli::demo {

class Requests {
 public:
  explicit Requests(const City& city);
  // The village's requests of the year before today, the oldest first; the latest still run. In the
  // first village one more waits for each kind of sign-in that handles requests.
  std::vector<cases::Life> of(Random& random, const Village& village, const Roster& roster) const;

 private:
  struct Subject {
    std::string key;
    std::string kind;
    Both<double> weight;
    std::vector<double> months;
    std::vector<std::string> texts;
    std::vector<std::string> replies;
  };
  // A request that nobody has done anything about yet.
  struct Begun {
    cases::Case made;
    Walk walk;
    std::string department;  // that can be called
    std::string reply;
  };
  const Subject& subject(Random& random, int month, bool urban) const;
  time::Instant moment(Random& random, time::Date day) const;
  Begun begin(Random& random, const Village& village, const Roster& roster, time::Instant opened,
              const Subject& about, size_t grid) const;
  cases::Life live(Random& random, const Village& village, const Roster& roster,
                   time::Instant opened, const Subject& about) const;
  cases::Life waiting(Random& random, const Village& village, const Roster& roster,
                      const json::Value& entry) const;
  static cases::Life end(Begun begun);

  const City& city_;
  const pack::CaseKind* kind_;
  std::optional<workflow::Rules> rules_;  // of the kind
  std::vector<Subject> subjects_;
  std::vector<double> months_;
  Mix hours_;
  Mix channels_;
  Mix ratings_;
  Both<double> per_1000_;
  double weekend_ = 1;
};

}  // namespace linli::demo
