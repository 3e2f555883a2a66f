// A question as the search sees it: sparse costs per person in both directions, ascending.
//
// Reaching most people is the same problem as walking least: a site in reach costs 0, nobody in
// reach costs 1. So one search and one bound serve both.
#pragma once

#include <span>
#include <vector>

#include "core/result.h"
#include "engine/siting/types.h"

namespace linli::siting {

struct Arc {
  uint32_t to = 0;
  float cost = 0;
};

// Rows of arcs, each ascending by cost.
struct Rows {
  std::vector<size_t> first = {0};
  std::vector<Arc> arcs;
  size_t size() const { return first.size() - 1; }
  std::span<const Arc> operator[](size_t row) const {
    return {arcs.data() + first[row], first[row + 1] - first[row]};
  }
};

struct Model {
  Rows of_site;                  // clients in reach of a site
  Rows of_client;                // sites in reach of a client
  std::vector<double> people;    // by client
  std::vector<float> unserved;   // by client: what each person costs who reaches nothing
  std::vector<double> price;     // by site, of the budget; 0 when kept
  std::vector<double> opening;   // by site, part of the value (least_cost)
  std::vector<double> capacity;  // by site
  std::vector<bool> kept;        // by site
  std::vector<uint32_t> movable;
  bool all_served = false;
  bool covering = false;  // all arcs cost nothing
  size_t most_open = 0;   // of the sites that are not kept
  double budget = kUnlimited;

  size_t clients() const { return people.size(); }
  size_t sites() const { return kept.size(); }
  double all_people() const;
  bool has_capacities() const;
};

// The same with some of the sites only; the n-th of them has the number n.
Model with_sites(const Model& model, const std::vector<uint32_t>& sites);

// Refuses a question that contradicts itself: siting.no_sites, siting.unknown_client,
// siting.wrong_number (negative or not a number), siting.reach_incomplete.
Result<Model> make_model(const Question& question);

}  // namespace linli::siting
