// Counters, gauges and histograms of this process, written as Prometheus text.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace linli::net {

class Counter {
 public:
  void add(int64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_ = 0;
};

// Goes up and down.
class Gauge {
 public:
  void add(int64_t count) { value_.fetch_add(count, std::memory_order_relaxed); }
  void set(int64_t value) { value_.store(value, std::memory_order_relaxed); }
  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_ = 0;
};

// Durations in microseconds, cut at fixed seconds from half a millisecond to ten seconds.
class Histogram {
 public:
  static constexpr std::array<int64_t, 13> kBounds = {
      500,     1'000,   2'500,   5'000,     10'000,    25'000,    50'000,
      100'000, 250'000, 500'000, 1'000'000, 2'500'000, 10'000'000};
  void observe(int64_t microseconds);
  void write(std::string_view name, std::string_view labels, std::string& out) const;

 private:
  std::array<std::atomic<int64_t>, kBounds.size() + 1> counts_ = {};
  std::atomic<int64_t> sum_ = 0;
};

// Series are made at first use and live as long as the registry. Labels are written as Prometheus
// does (`route="/healthz",status="200"`); use label() for values that come from outside.
class Metrics {
 public:
  Counter& counter(const std::string& name, std::string_view help, const std::string& labels = {});
  Histogram& histogram(const std::string& name, std::string_view help,
                       const std::string& labels = {});
  Gauge& gauge(const std::string& name, std::string_view help, const std::string& labels = {});
  void set(const std::string& gauge_name, double value);  // shorthand for a gauge without help
  std::string text() const;

  static std::string label(std::string_view name, std::string_view value);

 private:
  template <class T>
  struct Family {
    std::string help;
    std::map<std::string, std::unique_ptr<T>> series;
  };
  template <class T>
  T& find(std::map<std::string, Family<T>>& families, const std::string& name,
          std::string_view help, const std::string& labels);

  mutable std::mutex mutex_;
  std::map<std::string, Family<Counter>> counters_;
  std::map<std::string, Family<Histogram>> histograms_;
  std::map<std::string, Family<Gauge>> gauges_;
};

// The one of this process, behind /metrics.
Metrics& metrics();

}  // namespace linli::net
