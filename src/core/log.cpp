#include "core/log.h"

#include <atomic>
#include <cstdio>

#include "core/time.h"

namespace linli::log {

namespace {

std::atomic<Severity> threshold = Severity::info;  // NOLINT: of the process, as its log is

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::debug:
      return "debug";
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

}  // namespace

void set_threshold(Severity lowest) {
  threshold = lowest;
}

void write(Severity severity, std::string_view event, Fields fields) {
  if (severity < threshold) return;
  json::Writer out;
  out.begin_object();
  out.member("at", time::format(time::now()));
  out.member("severity", name_of(severity));
  out.member("event", event);
  for (const auto& [name, value] : fields) out.member(name, value);
  out.end_object();
  // One call a line, so that lines of several threads do not mix.
  const std::string line = out.take() + '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace linli::log
