#include "net/perform.h"

#include "core/log.h"
#include "net/metrics.h"

namespace linli::net {

namespace {

Answer answer_fault(const Request& request, const std::string& what) {
  log::error("http.fault", {{"request_id", request.id}, {"what", what}});
  return complete(request, fault(request.id), false);
}

}  // namespace

Answer perform(const Handler& handle, const Request& request, bool keep_alive,
               const std::shared_ptr<EventQueue>& queue) {
  try {
    Answer answer = complete(request, handle(request), keep_alive);
    if (answer.events) answer.events(make_events(queue));
    return answer;
  } catch (const std::exception& broken) {
    return answer_fault(request, broken.what());
  } catch (...) {
    return answer_fault(request, "not an exception");
  }
}

void record(const Performed& request, bool write_log) {
  const std::string route = request.route.empty() ? "-" : request.route;
  const std::string label = Metrics::label("route", route);
  metrics()
      .counter("linli_http_requests_total", "Requests answered",
               label + ",status=\"" + std::to_string(request.status) + '"')
      .add();
  if (!request.is_stream)
    metrics()
        .histogram("linli_http_request_seconds", "From the first byte to the last byte answered",
                   label)
        .observe(request.micros);
  if (!write_log) return;
  log::info("http.request", {{"request_id", request.request_id},
                             {"method", request.method},
                             {"route", route},
                             {"status", request.status},
                             {"bytes", request.bytes},
                             {"us", request.micros},
                             {"outcome", request.outcome}});
}

}  // namespace linli::net
