// Requests and responses as the rest of Linli sees them; no Boost here.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace linli::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string id;      // for the log and the answer (x-request-id)
  std::string method;  // GET, POST, PUT, PATCH, DELETE, HEAD
  std::string path;    // percent-decoded, normalised, always starts with /
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  Headers headers;                                         // names in lower case
  std::string body;
  std::string peer;     // address; the client's from x-forwarded-for behind a trusted proxy
  bool secure = false;  // came over TLS here or at a trusted proxy

  // The header or query value, or empty.
  std::string_view header(std::string_view name) const;
  std::string_view parameter(std::string_view name) const;
  std::optional<std::string> cookie(std::string_view name) const;
};

// A stream of server-sent events: the handler keeps the Events and sends until `closed`.
class Events {
 public:
  virtual ~Events() = default;
  // False once the client is gone or too far behind (its queue holds 256 events).
  virtual bool send(std::string_view event, std::string_view data, std::string_view id) = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::string file;   // when set, the file at this path is the body (ranges answered)
  std::string route;  // the pattern that answered (/api/v1/cases/{id}), for the log and the metrics
  // When set, the connection becomes a server-sent event stream handed to this function.
  std::function<void(std::shared_ptr<Events>)> events;
};

Response json_response(int status, std::string body);
Response redirect(std::string location);
// RFC 9457 problem details; the one place where an ErrorKind becomes a status.
Response problem(const Refusal& refusal, std::string_view request_id);
Response fault(std::string_view request_id);  // 500 without detail

// A problem with a status that no ErrorKind has (408, 431, 503); for the edge alone.
Response problem(int status, const Refusal& refusal, std::string_view request_id);

// Percent-decoding and splitting of a request target; refuses `net.bad_target`.
Done parse_target(std::string_view target, Request& request);
std::string percent_encode(std::string_view text);

}  // namespace linli::net
