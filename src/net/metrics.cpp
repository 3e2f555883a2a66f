#include "net/metrics.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace linli::net {

namespace {

std::string number(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
  return {text, end};
}

void write_header(std::string_view name, std::string_view help, std::string_view type,
                  std::string& out) {
  if (!help.empty()) out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void write_line(std::string_view name, std::string_view labels, std::string_view value,
                std::string& out) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

}  // namespace

void Histogram::observe(int64_t microseconds) {
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), microseconds);
  counts_[static_cast<size_t>(bound - kBounds.begin())].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(microseconds, std::memory_order_relaxed);
}

void Histogram::write(std::string_view name, std::string_view labels, std::string& out) const {
  const std::string bucket = std::string(name) + "_bucket";
  const std::string prefix = labels.empty() ? "" : std::string(labels) + ",";
  int64_t total = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    total += counts_[i].load(std::memory_order_relaxed);
    const std::string bound =
        i < kBounds.size() ? number(static_cast<double>(kBounds[i]) / 1e6) : "+Inf";
    write_line(bucket, prefix + "le=\"" + bound + "\"", std::to_string(total), out);
  }
  write_line(std::string(name) + "_sum", labels,
             number(static_cast<double>(sum_.load(std::memory_order_relaxed)) / 1e6), out);
  write_line(std::string(name) + "_count", labels, std::to_string(total), out);
}

Metrics& metrics() {
  static Metrics process;
  return process;
}

void Metrics::set(const std::string& gauge_name, double value) {
  gauge(gauge_name, {}).set(std::llround(value));
}

template <class T>
T& Metrics::find(std::map<std::string, Family<T>>& families, const std::string& name,
                 std::string_view help, const std::string& labels) {
  const std::lock_guard lock(mutex_);
  auto& family = families[name];
  if (family.help.empty()) family.help = help;
  auto& series = family.series[labels];
  if (!series) series = std::make_unique<T>();
  return *series;
}

Counter& Metrics::counter(const std::string& name, std::string_view help,
                          const std::string& labels) {
  return find(counters_, name, help, labels);
}

Gauge& Metrics::gauge(const std::string& name, std::string_view help, const std::string& labels) {
  return find(gauges_, name, help, labels);
}

Histogram& Metrics::histogram(const std::string& name, std::string_view help,
                              const std::string& labels) {
  return find(histograms_, name, help, labels);
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  const auto write_numbers = [&out](const auto& families, std::string_view type) {
    for (const auto& [name, family] : families) {
      write_header(name, family.help, type, out);
      for (const auto& [labels, series] : family.series)
        write_line(name, labels, std::to_string(series->value()), out);
    }
  };
  write_numbers(counters_, "counter");
  write_numbers(gauges_, "gauge");
  for (const auto& [name, family] : histograms_) {
    write_header(name, family.help, "histogram", out);
    for (const auto& [labels, series] : family.series) series->write(name, labels, out);
  }
  return out;
}

std::string Metrics::label(std::string_view name, std::string_view value) {
  std::string out = std::string(name) + "=\"";
  for (const char c : value) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace linli::net
