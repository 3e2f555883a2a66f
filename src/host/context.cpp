#include "host/context.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "core/text.h"
#include "host/idempotency.h"

namespace linli::host {

namespace {
constexpr int64_t kDefaultLimit = 50;
constexpr int64_t kMaxLimit = 200;
}  // namespace

const std::string& Context::path(std::string_view name) const {
  const auto found = std::find_if(path_values.begin(), path_values.end(),
                                  [&](const auto& value) { return value.first == name; });
  if (found == path_values.end()) throw std::logic_error("the route has no such path value");
  return found->second;
}

Result<int64_t> Context::limit() const {
  const std::string_view text = query("limit");
  if (text.empty()) return kDefaultLimit;
  int64_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > kMaxLimit) {
    return refuse_fields({{"/limit", "field.format", "a whole number from 1 to 200"}});
  }
  return limit;
}

Result<region::Code> Context::query_place(std::string_view name) const {
  const std::string_view text = query(name);
  if (text == "-") return region::Code();
  return region::Code::parse(text);
}

Done Context::require(std::string_view permission, region::Code place) const {
  if (may(actor_, permission, place)) return {};
  if (actor_.account_id.empty()) return refuse(ErrorKind::unauthenticated, "access.sign_in");
  return refuse(ErrorKind::forbidden, "access.denied",
                std::string(permission) + " at " + place.text());
}

Result<std::vector<region::Code>> Context::require_somewhere(std::string_view permission) const {
  std::vector<region::Code> places = territories(actor_, permission);
  if (!places.empty()) return places;
  if (actor_.account_id.empty()) return refuse(ErrorKind::unauthenticated, "access.sign_in");
  return refuse(ErrorKind::forbidden, "access.denied", std::string(permission) + " anywhere");
}

Done Context::mark_once(db::Tx& tx) const {
  const std::string_view key = request_.header("idempotency-key");
  if (key.empty()) return {};
  return idempotency::mark(tx, actor_.account_id, key, now_);
}

net::Response ok(const std::function<void(json::Writer&)>& write) {
  json::Writer out;
  write(out);
  return net::json_response(200, out.take());
}

net::Response created(const std::function<void(json::Writer&)>& write) {
  net::Response response = ok(write);
  response.status = 201;
  return response;
}

net::Response no_content() {
  net::Response response;
  response.status = 204;
  return response;
}

std::string write_cursor(const std::vector<Value>& last) {
  json::Writer out;
  out.begin_array();
  for (const Value& value : last) {
    std::visit(
        [&](const auto& item) {
          using Item = std::decay_t<decltype(item)>;
          if constexpr (std::is_same_v<Item, std::monostate>) {
            out.null();
          } else {
            out.value(item);
          }
        },
        value);
  }
  out.end_array();
  return text::base64(out.text());
}

Result<std::vector<Value>> read_cursor(std::string_view cursor) {
  const auto bad = [] { return refuse(ErrorKind::invalid, "page.bad_cursor"); };
  const auto tree = json::parse(text::from_base64(cursor));
  if (!tree || !tree->is_array()) return bad();
  std::vector<Value> values;
  for (const json::Value& item : tree->as_array()) {
    if (item.is_null()) {
      values.emplace_back();
    } else if (item.is_int()) {
      values.emplace_back(item.as_int());
    } else if (item.is_number()) {
      values.emplace_back(item.as_number());
    } else if (item.is_string()) {
      values.emplace_back(item.as_string());
    } else {
      return bad();
    }
  }
  return values;
}

}  // namespace linli::host
