// Carries the event log to its listeners: once each, in order, surviving kill -9.
//
// Writers append events without a position. One pass first gives every waiting event the next
// position (a transaction that holds the sequencer's row, so that several servers on one database
// take turns), then moves each listener on: the listener's writes and its new position commit
// together, for a batch of events or, after a failure, for one.
#pragma once

#include <string>
#include <vector>

#include "host/services.h"

namespace linli::host {

struct ReaderState {
  std::string name;
  int64_t position = 0;
  int64_t behind = 0;  // events not read yet
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
  int64_t head() const;
  size_t advance(const Listener& listener, int64_t head);
  size_t hand_over(const Listener& listener, int64_t head, int64_t limit);

  Services& services_;
};

}  // namespace linli::host
