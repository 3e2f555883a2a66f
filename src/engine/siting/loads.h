// The state of a search with capacities: who goes where, whole clients only, and how full each site
// is. Every change is kept in a journal until it is taken or undone.
#pragma once

#include "core/random.h"
#include "engine/siting/model.h"

namespace linli::siting {

class Loads {
 public:
  // Opens the sites and sends clients, those with the most people first, to the nearest with room.
  Loads(const Model& model, const std::vector<uint32_t>& open);

  double value() const { return value_; }
  // People beyond the capacities. A search goes through such states; an answer must have none.
  double overload() const { return overload_; }
  std::vector<uint32_t> open_sites() const;
  const std::vector<uint32_t>& site_of() const { return site_of_; }  // by client, or kNobody
  size_t opened() const { return opened_; }                          // without the kept ones

  // Tries one change by chance; false if it is not possible. Then take() or undo().
  bool propose(Random& random);
  void take() { journal_.clear(), opened_now_.clear(); }
  void undo();
  // Closes the site and sends its clients to where there is room.
  void close(uint32_t site);

 private:
  bool shift(Random& random);
  bool exchange(Random& random);
  bool relocate(Random& random);
  bool open_one(Random& random);
  bool close_one(Random& random);

  bool is_open(uint32_t site) const { return open_[site]; }
  bool fits(size_t client, uint32_t site) const;
  uint32_t nearest_with_room(size_t client) const;
  void add_load(uint32_t site, double people);
  float cost(size_t client, uint32_t site) const;  // unserved's for kNobody, infinite out of reach
  void put(size_t client, uint32_t site);
  void set_open(uint32_t site, bool open);
  void gather(uint32_t site);
  uint32_t some_open_near(Random& random, size_t client) const;
  uint32_t some_closed_near(Random& random, size_t client) const;
  size_t some_client_of(Random& random, uint32_t site) const;
  bool affordable(uint32_t in, uint32_t out) const;

  struct Step {
    size_t client;
    uint32_t before;
  };
  const Model& model_;
  Rows by_number_;  // of each client: sites ascending by number
  std::vector<bool> open_;
  std::vector<uint32_t> movable_open_;  // open and not kept
  std::vector<uint32_t> site_of_;
  std::vector<double> load_;
  std::vector<std::vector<uint32_t>> clients_of_;  // by site
  std::vector<size_t> place_of_;                   // of a client in its site's list
  std::vector<Step> journal_;
  std::vector<std::pair<uint32_t, bool>> opened_now_;
  double value_ = 0;
  double overload_ = 0;
  double spent_ = 0;
  size_t opened_ = 0;
};

}  // namespace linli::siting
