#include "host/router.h"

#include <memory>
#include <stdexcept>

#include "core/id.h"
#include "core/shape_words.h"
#include "core/text.h"
#include "host/idempotency.h"

namespace linli::host {

namespace {

std::vector<std::string> segments(std::string_view path) {
  std::vector<std::string> parts = text::split(path, '/');
  std::erase(parts, "");
  return parts;
}

bool is_name(std::string_view segment) {
  return segment.starts_with('{');
}

bool is_unsafe(std::string_view method) {
  return method != "GET" && method != "HEAD";
}

// The parameters after ? are checked like a body; all of them are text on the wire.
std::vector<FieldError> check_query(const Route& route, const net::Request& request) {
  std::vector<FieldError> errors;
  for (const auto& [name, value] : request.query) {
    const auto* field = [&]() -> const shape::Field* {
      for (const shape::Field& declared : route.query) {
        if (declared.name == name) return &declared;
      }
      return nullptr;
    }();
    if (field == nullptr) {
      if (route.open_query) continue;
      errors.push_back({"/" + name, "field.unknown", ""});
    } else if (field->shape.max_length &&
               text::count_code_points(value) > static_cast<size_t>(*field->shape.max_length)) {
      errors.push_back({"/" + name, "field.too_long", std::to_string(*field->shape.max_length)});
    }
  }
  for (const shape::Field& declared : route.query) {
    if (declared.required && request.parameter(declared.name).empty()) {
      errors.push_back({"/" + declared.name, "field.required", shape::in_words(declared.shape)});
    }
  }
  return errors;
}

Result<json::Value> read_body(const Route& route, const net::Request& request) {
  json::Value body =
      request.body.empty() ? json::Value(json::Object{}) : TRY(json::parse(request.body));
  std::vector<FieldError> errors = shape::check(route.input, body);
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return body;
}

}  // namespace

Router::Router(Services& services, Authenticate authenticate)
    : services_(services), authenticate_(std::move(authenticate)) {
  for (const Module& module : services_.modules) {
    for (const Route& route : module.routes) {
      Node* node = &root_;
      for (const std::string& segment : segments(route.path)) {
        if (!is_name(segment)) {
          node = &node->words[segment];
        } else {
          if (!node->any) node->any = std::make_unique<Node>();
          node = node->any.get();
        }
      }
      if (!node->routes.emplace(route.method, &route).second) {
        throw std::logic_error("two routes for " + route.method + " " + route.path);
      }
    }
  }
}

Result<Router::Match> Router::match(std::string_view method, std::string_view path) const {
  const std::vector<std::string> parts = segments(path);
  std::vector<std::string> values;
  // A word wins over a {name}; the depth of a path is small, so trying both costs nothing.
  const std::function<const Node*(const Node&, size_t)> walk = [&](const Node& node,
                                                                   size_t at) -> const Node* {
    if (at == parts.size()) return node.routes.empty() ? nullptr : &node;
    if (const auto word = node.words.find(parts[at]); word != node.words.end()) {
      if (const Node* found = walk(word->second, at + 1)) return found;
    }
    if (!node.any) return nullptr;
    values.push_back(parts[at]);
    if (const Node* found = walk(*node.any, at + 1)) return found;
    values.pop_back();
    return nullptr;
  };
  const Node* node = walk(root_, 0);
  if (node == nullptr) return refuse(ErrorKind::not_found, "route.not_found");
  const auto route = node->routes.find(method == "HEAD" ? "GET" : method);
  if (route == node->routes.end()) {
    return refuse(ErrorKind::not_found, "route.method_not_allowed");
  }
  Match match{route->second, {}};
  size_t next = 0;
  for (const std::string& segment : segments(match.route->path)) {
    if (is_name(segment)) {
      match.values.emplace_back(segment.substr(1, segment.size() - 2), values.at(next++));
    }
  }
  return match;
}

Result<net::Response> Router::answer(const net::Request& request, Match match,
                                     time::Instant now) const {
  const Route& route = *match.route;
  Context context(services_, request, TRY(authenticate_(services_, request, now)), now);
  const std::string& account = context.actor().account_id;
  if (route.permission != "public" && account.empty()) {
    return refuse(ErrorKind::unauthenticated, "access.sign_in");
  }
  if (route.permission != "public" && route.permission != "signed_in") {
    TRY(context.require_somewhere(route.permission));
  }
  std::vector<FieldError> errors = check_query(route, request);
  if (!errors.empty()) return refuse_fields(std::move(errors));
  if (route.input.type != shape::Type::any && !route.raw_body) {
    context.set_body(TRY(read_body(route, request)));
  }
  context.path_values = std::move(match.values);

  const std::string_view key = request.header("idempotency-key");
  if (key.empty() || !is_unsafe(request.method)) return route.handle(context);
  if (!id::is_valid(key)) {
    return refuse_fields({{"/idempotency-key", "field.format", "a UUID"}});
  }
  Result<net::Response> first = route.handle(context);
  if (first) {
    idempotency::remember(services_.database, account, key, *first);
  } else if (first.error().code == "request.repeated") {
    if (auto earlier = idempotency::recall(services_.database, account, key)) return *earlier;
  }
  return first;
}

net::Response Router::handle(const net::Request& request, time::Instant now) const {
  Result<Match> match = this->match(request.method, request.path);
  if (!match) return net::problem(match.error(), request.id);
  const std::string& route = match->route->path;
  Result<net::Response> answered = answer(request, std::move(*match), now);
  net::Response response =
      answered ? std::move(*answered) : net::problem(answered.error(), request.id);
  response.route = route;
  return response;
}

}  // namespace linli::host
