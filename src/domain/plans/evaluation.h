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

struct Ranked {
  places::Reference place;
  double successes = 0;
  double trials = 0;
  indicator::Share95 share;
  std::optional<indicator::Rank> rank;  // none: too few
};
// The children by their share. Refuses `ranking.not_a_share` for an indicator that is no share of
// counted things.
Result<std::vector<Ranked>> ranking(const Scene& scene, const pack::PlanHeader& plan,
                                    const pack::Indicator& of, Code parent);

}  // namespace linli::plans
