#include "core/datum.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace linli::datum {
namespace {

using cell::Position;
using std::numbers::pi;

constexpr std::array<std::string_view, 3> kNames = {"WGS-84", "GCJ-02", "BD-09"};
// The ellipsoid of Krasovsky 1940, on which GCJ-02 is computed.
constexpr double kAxis = 6378245.0;
constexpr double kEccentricity = 0.00669342162296594323;
constexpr double kBaidu = pi * 3000 / 180;

bool in_china(Position at) {
  return at.lon > 72.004 && at.lon < 137.8347 && at.lat > 0.8293 && at.lat < 55.8271;
}

double waves(double x, std::array<double, 3> lengths, std::array<double, 3> heights) {
  double sum = 0;
  for (size_t i = 0; i < 3; ++i) sum += heights[i] * std::sin(x * lengths[i]);
  return sum * 2 / 3;
}

// The shift from WGS-84, degrees.
Position shift(Position at) {
  const double x = at.lon - 105, y = at.lat - 35;
  const double short_waves = waves(x, {6 * pi, 2 * pi, 0}, {20, 20, 0});
  const double root = std::sqrt(std::abs(x));
  double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + short_waves +
                 waves(y, {pi, pi / 3, 0}, {20, 40, 0}) +
                 waves(y, {pi / 12, pi / 30, 0}, {160, 320, 0});
  double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + short_waves +
                waves(x, {pi, pi / 3, 0}, {20, 40, 0}) +
                waves(x, {pi / 12, pi / 30, 0}, {150, 300, 0});
  const double latitude = at.lat / 180 * pi;
  const double flat = 1 - kEccentricity * std::sin(latitude) * std::sin(latitude);
  north = north * 180 / (kAxis * (1 - kEccentricity) / (flat * std::sqrt(flat)) * pi);
  east = east * 180 / (kAxis / std::sqrt(flat) * std::cos(latitude) * pi);
  return {east, north};
}

Position to_gcj02(Position at) {
  if (!in_china(at)) return at;
  const Position by = shift(at);
  return {at.lon + by.lon, at.lat + by.lat};
}

Position gcj02_to_bd09(Position at) {
  const double z = std::hypot(at.lon, at.lat) + 0.00002 * std::sin(at.lat * kBaidu);
  const double angle = std::atan2(at.lat, at.lon) + 0.000003 * std::cos(at.lon * kBaidu);
  return {z * std::cos(angle) + 0.0065, z * std::sin(angle) + 0.006};
}

Position to_bd09(Position at) {
  return in_china(at) ? gcj02_to_bd09(to_gcj02(at)) : at;
}

// Where `there` leads to `goal`: the shift changes slowly, so each step is a hundred times nearer.
template <class Way>
Position solve(Position goal, Way there) {
  Position at = goal;
  for (int step = 0; step < 6; ++step) {
    const Position reached = there(at);
    at = {at.lon + goal.lon - reached.lon, at.lat + goal.lat - reached.lat};
  }
  return at;
}

}  // namespace

std::optional<Datum> named(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    if (c != '-') bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (bare == "wgs84") return Datum::wgs84;
  if (bare == "gcj02") return Datum::gcj02;
  if (bare == "bd09") return Datum::bd09;
  return std::nullopt;
}

std::string_view name_of(Datum datum) {
  return kNames[static_cast<size_t>(datum)];
}

Position to_wgs84(Position at, Datum from) {
  if (from == Datum::wgs84 || !in_china(at)) return at;
  return from == Datum::gcj02 ? solve(at, to_gcj02) : solve(at, to_bd09);
}

Position from_wgs84(Position at, Datum to) {
  if (to == Datum::wgs84) return at;
  return to == Datum::gcj02 ? to_gcj02(at) : to_bd09(at);
}

}  // namespace linli::datum
