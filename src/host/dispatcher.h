// Carries the event log to its listeners: once each, in order, surviving kill -9.
//
// Writers append events without a position. One pass first gives every waiting event the next
// position (a transaction that holds the sequencer's row, so that several servers on one database
// take turns), then moves each listener on: the listener's writes and its new position commit
// together, for a batch of events or, after a failure, for one. That a listener has been passed
// over by events that it does not want is written down once in a batch.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/services.h"

namespace linli::host {

struct ReaderState {
  std::string name;
  int64_t position = 0;
  int64_t behind = 0;  // events not read yet, or passed over and not written down yet
  int64_t failures = 0;
  std::string last_error;
};

class Dispatcher {
 public:
  explicit Dispatcher(Services& services) : services_(services) {}

  // One pass; the number of events that were handed to a listener. A listener that refuses or
  // throws stays where it is and is tried again in the next pass; others go on.
  size_t pass();
  // How far each listener is, for doctor and metrics.
  std::vector<ReaderState> readers() const;

 private:
  bool sequence();
  std::set<std::string> names(int64_t after, int64_t head) const;
  size_t advance(const Listener& listener, int64_t head);
  size_t hand_over(const Listener& listener, int64_t head, int64_t limit);

  Services& services_;
  std::optional<int64_t> passed_;           // the head of the last pass
  std::map<std::string, int64_t> reached_;  // up to where a listener has nothing left to hear
};

}  // namespace linli::host
