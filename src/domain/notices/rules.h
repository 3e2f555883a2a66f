// What holds of notices and web hooks without a database or a clock.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"
#include "domain/notices/types.h"
#include "host/event.h"

namespace linli::notices {

// Does the hook want the event?
bool wants(const WebHook& hook, const host::Event& event);
// The body of a delivery: id, event, at, place, subject_id, actor_id, data.
std::string body_of(const host::Event& event);
// "sha256=<hex>", HMAC-SHA256 of the body with the hook's secret.
std::string signature(std::string_view secret, std::string_view body);
// After the nth failure in a row: from ten seconds to an hour.
time::Instant retry_at(int64_t failures, time::Instant now);
// An http or https address with a host and no password. Refuses `web_hook.bad_url`.
Done check_url(std::string_view url);

std::string write_values(const Values& values);
Values read_values(std::string_view json);

}  // namespace linli::notices
