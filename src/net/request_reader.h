// Reads one request from bytes however they arrive; no sockets, so that tests and the fuzzer
// drive what the network drives.
//
// The grammar is RFC 9112 without its leniencies, because what two readers understand differently
// is how requests are smuggled past a proxy. Refused are: bare CR or LF, folded lines, space around
// a field's name, unknown methods and versions, a missing or second Host, any doubled or joined
// Content-Length, Transfer-Encoding other than "chunked" alone, both together, and chunks in
// HTTP/1.0.
#pragma once

#include <string>

#include "net/body_reader.h"
#include "net/http.h"

namespace linli::net {

class RequestReader {
 public:
  struct Limits {
    size_t header_bytes = 16 * 1024;
    size_t body_bytes = 12 * 1024 * 1024;
  };
  // idle: no byte yet · header, body: more is needed · done: request() is whole · bad: answer with
  // status() and refusal(), then close.
  enum class State { idle, header, body, done, bad };

  explicit RequestReader(const Limits& limits) : limits_(limits) {}

  // Takes from the front of `bytes` what belongs to this request and leaves the rest (a pipelined
  // request behind it, or the beginning of something not yet whole).
  State take(std::string& bytes);
  State state() const { return state_; }

  Request& request() { return request_; }
  bool keep_alive() const { return keep_alive_; }
  bool expects_continue() const { return expects_continue_; }
  int status() const { return status_; }
  const Refusal& refusal() const { return refusal_; }

 private:
  State fail(int status, ErrorKind kind, std::string code, std::string detail = {});
  State take_head(std::string& bytes);
  State take_body(std::string& bytes);
  Done read_head(std::string_view head);
  Done check_framing(bool version_1_0);

  Limits limits_;
  State state_ = State::idle;
  bool forgiven_ = false;  // an empty line in front was dropped
  size_t seen_ = 0;        // bytes of the head already scanned
  Request request_;
  bool keep_alive_ = false;
  bool expects_continue_ = false;
  int status_ = 400;
  Refusal refusal_;
  BodyReader body_;
};

}  // namespace linli::net
