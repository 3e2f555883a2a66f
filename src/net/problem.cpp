// RFC 9457: {type, title, status, code, request_id, errors: [{pointer, code, expected}]}. `code` is
// the stable name of the refusal; its detail goes to the log and never to the client.
#include "core/json.h"
#include "net/http.h"

namespace linli::net {

namespace {

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return 400;
    case ErrorKind::unauthenticated:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::too_large:
      return 413;
    case ErrorKind::busy:
      return 429;
  }
  return 500;
}

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "The request is not valid";
    case 401:
      return "Sign in first";
    case 403:
      return "Not allowed";
    case 404:
      return "Not found";
    case 408:
      return "The request took too long to arrive";
    case 409:
      return "In conflict with the present state";
    case 413:
      return "Too large";
    case 417:
      return "The expectation cannot be met";
    case 429:
      return "Too many requests";
    case 431:
      return "The header is too large";
    case 503:
      return "Too busy";
    default:
      return "Something went wrong";
  }
}

}  // namespace

Response problem(int status, const Refusal& refusal, std::string_view request_id) {
  json::Writer out;
  out.begin_object();
  out.member("type", std::string("about:blank"));
  out.member("title", std::string(title_of(status)));
  out.member("status", status);
  out.member("code", refusal.code);
  out.member("request_id", std::string(request_id));
  if (!refusal.fields.empty()) {
    out.key("errors").begin_array();
    for (const FieldError& field : refusal.fields) {
      out.begin_object();
      out.member("pointer", field.pointer);
      out.member("code", field.code);
      out.member("expected", field.expected);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
  Response response{.status = status, .body = out.take()};
  response.headers.emplace_back("content-type", "application/problem+json");
  if (status == 429 || status == 503) response.headers.emplace_back("retry-after", "2");
  return response;
}

Response problem(const Refusal& refusal, std::string_view request_id) {
  return problem(status_of(refusal.kind), refusal, request_id);
}

Response fault(std::string_view request_id) {
  return problem(500, Refusal{ErrorKind::invalid, "server.fault", {}, {}}, request_id);
}

}  // namespace linli::net
