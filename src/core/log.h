// The log: one JSON line an event on standard error. Names and ids only, never personal data.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "core/json.h"

namespace linli::log {

using Fields = std::initializer_list<std::pair<std::string_view, json::Value>>;

enum class Severity { debug, info, warning, error };
void set_threshold(Severity lowest);
void write(Severity severity, std::string_view event, Fields fields);

inline void info(std::string_view event, Fields fields = {}) {
  write(Severity::info, event, fields);
}
inline void warning(std::string_view event, Fields fields = {}) {
  write(Severity::warning, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
  write(Severity::error, event, fields);
}

}  // namespace linli::log
