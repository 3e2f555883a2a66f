// Assessments of a plan: a composite score with published weights, and rankings of places that say
// how sure they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/plans/views.h"
#include "engine/indicator/score.h"

namespace linli::plans {

struct Assessment {
  const pack::Evaluation* evaluation = nullptr;
  places::Reference place;
  time::Date date = 0;  // of the figures: the evaluation's day, or today before it
  struct Part {
    IndicatorView view;
    double weight = 0;
    std::optional<double> degree;
  };
  std::vector<Part> parts;
  indicator::Composite composite;
};
// On its own day or on another; never after today. Refuses `evaluation.unknown`.
Result<Assessment> assess(const Scene& scene, std::string_view evaluation, Code place,
                          std::optional<time::Date> on = std::nullopt);
// The same of every place right below, by code: what a yearly assessment of them takes over.
Result<std::vector<Assessment>> assess_children(const Scene& scene, std::string_view evaluation,
                                                Code parent,
                                                std::optional<time::Date> on = std::nullopt);
// evaluation,date,place,place_name,score,weight_with_data,weight, and how far each of its
// indicators is reached (0 to 1) in a column of its own; CSV.
std::string scores_csv(const std::vector<Assessment>& all);

// How sure a share is, and which rank it can have among others.
struct Standing {
  double successes = 0;
  double trials = 0;
  indicator::Share95 share;
  std::optional<indicator::Rank> rank;  // none: too few
};
// Of each of the places, in their order; none for an indicator that is no share of counted things.
std::optional<std::vector<Standing>> standings(const pack::Indicator& of,
                                               const std::vector<IndicatorAtPlace>& all);

struct Ranked {
  places::Reference place;
  Standing standing;
};
// The children by their share. Refuses `ranking.not_a_share` for an indicator that is no share of
// counted things.
Result<std::vector<Ranked>> ranking(const Scene& scene, const pack::PlanHeader& plan,
                                    const pack::Indicator& of, Code parent);

}  // namespace linli::plans
