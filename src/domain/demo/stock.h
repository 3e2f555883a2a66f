// What a village has: facilities, organisations and the people who work there.
#pragma once

#include "domain/demo/city.h"
#include "domain/demo/people.h"

namespace linli::demo {

class Stock {
 public:
  explicit Stock(City& city);
  // Gives the ids of its property companies.
  std::vector<std::string> organisations(Random& random, const Village& village);
  void facilities(Random& random, const Village& village);
  void township_facilities(Random& random, const Village& first_village);
  // Gives the name of the secretary; empty when a small village has none of its own.
  std::string workers(Random& random, const Village& village, People& people);

 private:
  struct Standing {
    bool leads = false;  // the village's secretary
    bool first = false;  // of its kind in the village
  };
  void facility(Random& random, const Village& village, const json::Value& kind, region::Code place,
                places::Point point);
  std::string worker(Random& random, const Village& village, const json::Value& kind,
                     region::Code place, People& people, Standing standing);

  City& city_;
  Sheet facility_;
  Sheet organisation_;
  Sheet worker_;
  Mix ownership_;
  Mix condition_;
  Both<double> certified_;
  Mix certificates_;
  Span activity_share_;
  Span worker_age_;
  Both<double> well_served_;    // the share of villages that are
  double well_served_has_ = 0;  // such a village has what at least this share of its like has
  double smallest_ = 0;         // the part of its full size that a facility has at least
  std::map<int64_t, std::vector<std::string>> openings_;  // times by hours a day
  double rural_centre_ = 0;  // the share of facilities that stand there
  double one_shoulder_ = 0;
};

}  // namespace linli::demo
