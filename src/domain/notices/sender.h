// Who carries short messages to phones, and how this installation reaches other systems.
//
// <data folder>/outgoing.json, read when it is needed:
//   {"sender": {"kind": "http", "url": "https://…", "token": "…"}}   POST {"to", "text"}, bearer
//   {"sender": {"kind": "command", "program": "/usr/local/bin/send"}}  the same JSON on its input
//   {"private_addresses": true}      senders and web hooks may stand in the inner network
// Without a sender the demo's messages count as sent (they are shown on screen); elsewhere they
// wait and `linli doctor` says so.
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "domain/accounts/api.h"
#include "host/services.h"

namespace linli::notices {

class Sender {
 public:
  virtual ~Sender() = default;
  // Hands one message on; refuses `sender.failed` when it must be tried again.
  virtual Done deliver(const accounts::Outgoing& message) = 0;
};

struct Outward {
  std::unique_ptr<Sender> sender;  // none: messages wait
  bool private_addresses = false;
};
// Refuses `sender.bad_settings` when the file is there and wrong.
Result<Outward> read_outward(const host::Settings& settings);

}  // namespace linli::notices
