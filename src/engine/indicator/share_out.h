// How a target is handed down: a sum is divided among parts without losing or inventing anything, a
// ratio is set so that the parts, weighed by their denominators, make the whole.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace linli::indicator {

enum class Method { equal, weight, gap, hand };
std::string_view name_of(Method method);
std::optional<Method> method_named(std::string_view name);

// `total` by weights, each part a multiple of 10^-decimals, summing exactly to the total rounded to
// it: whole steps first, what remains to the largest remainders, the earlier part first among
// equals (Hamilton's method). Weights are not negative; where all are 0 they count as equal.
std::vector<double> share_out(double total, const std::vector<double>& weights, int decimals);

// By gap: every part keeps what it has, and what is still lacking goes by how far each is below its
// fair share of the total (by weight). Where nothing lacks, by weight.
std::vector<double> share_gap(double total, const std::vector<double>& values,
                              const std::vector<double>& weights, int decimals);

// A ratio by gap: parts that have reached the target keep their value, the others go the same part
// of their way to it, so far that the whole reaches it. Values are rounded away from where they
// are, so that rounding never leaves the whole short.
std::vector<double> approach(double target, const std::vector<double>& values,
                             const std::vector<double>& denominators, bool fewer, int decimals);

// The ratio that the parts' targets make of the whole; none without a denominator.
std::optional<double> weighed(const std::vector<double>& targets,
                              const std::vector<double>& denominators);

}  // namespace linli::indicator
