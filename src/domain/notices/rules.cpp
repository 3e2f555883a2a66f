#include "domain/notices/rules.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/text.h"

namespace linli::notices {

bool wants(const WebHook& hook, const host::Event& event) {
  if (event.name == kTestEvent) return event.subject_id == hook.id;
  if (!hook.place.contains(event.place)) return false;
  return hook.events.empty() ||
         std::find(hook.events.begin(), hook.events.end(), event.name) != hook.events.end();
}

std::string body_of(const host::Event& event) {
  json::Writer out;
  out.begin_object();
  out.member("id", event.id);
  out.member("position", event.position);
  out.member("event", event.name);
  out.member("at", time::format(event.at));
  out.member("place", event.place.text());
  out.member("subject_id", event.subject_id);
  out.member("actor_id", event.actor_id);
  out.member("data", event.data);
  out.end_object();
  return out.take();
}

std::string signature(std::string_view secret, std::string_view body) {
  return "sha256=" + text::hex(crypto::hmac_sha256(secret, body));
}

time::Instant retry_at(int64_t failures, time::Instant now) {
  const time::Instant pause = 10 * time::kSecond << std::clamp<int64_t>(failures - 1, 0, 9);
  return now + std::min(pause, time::kHour);
}

Done check_url(std::string_view url) {
  const size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  const std::string_view rest = url.substr(scheme);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  const bool printable =
      std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (scheme == 0 || host.empty() || !printable || host.find('@') != std::string_view::npos) {
    return refuse(ErrorKind::invalid, "web_hook.bad_url", std::string(url));
  }
  return {};
}

std::string write_values(const Values& values) {
  json::Value object{json::Object()};
  for (const auto& [name, value] : values) object.set(name, value);
  return json::write(object);
}

Values read_values(std::string_view json) {
  Values values;
  const json::Value object = MUST(json::parse(json));
  for (const auto& [name, value] : object.as_object()) values.emplace_back(name, value.as_string());
  return values;
}

}  // namespace linli::notices
