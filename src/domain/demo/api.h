// A believable city on real places, for trying Linli out.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/region.h"
#include "core/time.h"
#include "host/services.h"

namespace linli::demo {

struct Options {
  region::Code region;  // its villages are already imported
  int64_t persons = 50'000;
  bool everywhere = false;  // some in every village, however few each gets; for measurements
  uint64_t seed = 1;
  time::Instant now = 0;  // only its day matters: the same seed and day make the same city
};

// Somebody to sign in as. The password is kept nowhere else in the clear.
struct SignIn {
  std::string role;
  std::string name;
  std::string password;
  std::string display_name;
  region::Code place;
  std::string place_name;
};

struct Made {
  int64_t villages = 0;
  int64_t grids = 0;
  int64_t households = 0;
  int64_t persons = 0;
  int64_t requests = 0;
  std::vector<SignIn> sign_ins;
};

// Persons made so far, of all.
using Progress = std::function<void(int64_t done, int64_t total)>;

// Fills the region's villages, or as many of them as so many persons fill, with homes, persons,
// facilities, organisations, workers, accounts and a year of requests, village by village in
// transactions of their own, then counts the figures. What it is made of stands in packs/demo.
// Refuses `demo.no_villages`, `demo.not_empty` when grids or persons are there already, and
// `demo.bad_content`.
Result<Made> make(host::Services& services, const Options& options, const Progress& progress);

}  // namespace linli::demo
