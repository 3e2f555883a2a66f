// The state of a search for rounds: tours by day and vehicle, and who is left out.
#pragma once

#include "core/random.h"
#include "engine/rounds/types.h"

namespace linli::rounds {

class Tours {
 public:
  explicit Tours(const Question& question);

  // Travel, and a great deal for each stop that is left out.
  double cost() const { return travel_ + penalty_ * static_cast<double>(left_out_); }
  // By day and vehicle: tours()[day * vehicles + vehicle].
  const std::vector<std::vector<uint32_t>>& tours() const { return tours_; }
  std::vector<uint32_t> left_out() const;

  void remove(uint32_t stop);
  // Where it costs least, over all its patterns. Now and then a place is overlooked by chance, so
  // that the same ruin is not rebuilt for ever. False if there is room nowhere.
  bool insert(uint32_t stop, Random& random);

 private:
  struct Place {
    size_t tour = 0;
    size_t before = 0;
    double minutes = std::numeric_limits<double>::infinity();
  };
  Place best_place(uint32_t stop, int day, Random& random) const;
  double between(uint32_t from, uint32_t to) const { return question_->minutes[from][to]; }
  double detour(const std::vector<uint32_t>& tour, size_t before, uint32_t stop) const;

  const Question* question_;
  std::vector<std::vector<uint32_t>> patterns_;  // by stop
  std::vector<std::vector<uint32_t>> tours_;     // of rows in the question's minutes
  std::vector<double> length_;                   // by tour, with stays
  std::vector<double> load_;
  std::vector<std::vector<size_t>> tours_of_;  // by stop
  double travel_ = 0;
  double penalty_ = 0;
  size_t left_out_ = 0;
};

}  // namespace linli::rounds
