// The state of a search without capacities: which sites are open, and each client's nearest two.
//
// One site is exchanged for another (Teitz and Bart 1968); what every exchange is worth follows
// from one look at the clients of the new site (Whitaker 1983; Resende and Werneck 2007).
#pragma once

#include <optional>

#include "core/random.h"
#include "engine/siting/model.h"

namespace linli::siting {

class Swaps {
 public:
  // Begins with the kept sites open.
  explicit Swaps(const Model& model);

  double value() const { return value_; }
  // Arcs looked at so far: a clock that runs alike on every machine.
  double looks() const { return static_cast<double>(looks_); }
  // Open sites, kept ones too, ascending.
  std::vector<uint32_t> open_sites() const;
  bool is_open(uint32_t site) const { return slot_of_[site] != kNobody; }
  size_t opened() const { return opened_; }  // without the kept ones
  // The two nearest open sites of a client; kNobody where there is none.
  struct Nearest {
    uint32_t site;
    float cost;
  };
  Nearest nearest(size_t client) const;
  Nearest second(size_t client) const;

  void open(uint32_t site);
  void close(uint32_t site);
  // Opens and closes what is needed to have exactly these sites.
  void become(const std::vector<uint32_t>& sites);
  // What opening the site alone is worth.
  double gain(uint32_t site);
  // Opens the best affordable sites one after the other, until the value is `enough`, nothing more
  // helps or nothing more may be opened.
  void fill(double enough = 0);

  struct Exchange {
    uint32_t in = kNobody;
    uint32_t out = kNobody;  // kNobody: there is still room for one more
    double profit = 0;
  };
  // The best exchange that opens the site.
  Exchange best_exchange(uint32_t in);
  void apply(const Exchange& exchange);
  // For each open site that may close, the exchange that replaces it best.
  std::vector<Exchange> replacements();
  // Exchanges until none of the sites that something happened to since improves. False if stopped.
  bool descend(Random& random, const std::stop_token& stop);
  // Looks at all sites in the next descent, instead of those where something happened.
  void look_everywhere();
  // Exchanges `count` sites for others by chance, most of them for neighbours. With a budget some
  // are only closed, and fill() should follow.
  void shake(Random& random, int count);

 private:
  struct State {  // of a client
    float cost1, cost2;
    uint32_t slot1, slot2;
    double people;
  };
  void set_nearest(size_t client, State changed);
  void find_nearest(size_t client);
  void touch(size_t client, float within);
  bool affordable(uint32_t in, uint32_t out) const;
  bool may_close(uint32_t slot) const;
  uint32_t least_lost();
  double weigh(uint32_t in);
  void forget();
  uint32_t some_open(Random& random) const;
  std::optional<uint32_t> some_neighbour(Random& random, uint32_t site) const;

  const Model& model_;
  std::vector<State> clients_;
  std::vector<uint32_t> site_in_;  // by slot; kNobody when free
  std::vector<uint32_t> free_;
  std::vector<uint32_t> slot_of_;  // by site
  std::vector<double> loss_;       // by slot; one more for nobody
  std::vector<double> extra_;      // by slot: what of its loss the weighed site makes good
  std::vector<uint32_t> touched_;  // slots with extra
  uint32_t least_lost_ = kNobody;  // slot; kNobody when it must be found anew
  std::vector<uint32_t> queue_;
  std::vector<bool> queued_;
  float farthest_ = 0;  // no second cost is greater
  double value_ = 0;
  double spent_ = 0;
  size_t opened_ = 0;
  size_t looks_ = 0;
};

}  // namespace linli::siting
