// From an untyped tree to a typed one. Internal to core/expr.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/expr/expression.h"
#include "core/expr/syntax.h"
#include "core/expr/tree.h"

namespace linli::expr {

// What is known of every value of a number without running it: |value| < 2^high, and it is a whole
// multiple of 2^-grain. Both stay under kMaxExponent, so that arithmetic on doubles neither
// overflows nor vanishes on any back end.
struct Extent {
  int high = 50;
  int grain = 0;
};
inline constexpr int kMaxExponent = 1000;

// A checked part. `words`: the legal choices when it is a choice, null when they are not known.
// `cost`: the length of its SQL in steps, where min(a, b) writes its operands three times.
struct Checked {
  std::shared_ptr<Node> node;
  Extent extent;
  int cost = 1;
  const std::vector<std::string>* words = nullptr;
};

inline constexpr int kMaxCost = 5000;

class Checker {
 public:
  Checker(const Environment& environment, Mistake& mistake)
      : environment_(environment), mistake_(mistake) {}

  // Compiles the text whole; none on a mistake.
  std::optional<Expression> run(std::string_view text, std::optional<Type> expected);

 private:
  using Words = const std::vector<std::string>*;

  // Each returns a null node on a mistake. `words` are the choices that the place calls for.
  Checked check(const Syntax& syntax, Words words = nullptr);
  Checked dispatch(const Syntax& syntax, Words words);
  Checked literal(const Syntax& syntax, Words words);
  Checked word(const Syntax& syntax, const std::string& word, Words words);
  Checked name(const Syntax& syntax, Words words);
  Checked derived(const Syntax& syntax, const Variable& variable);
  Checked operation(const Syntax& syntax);
  Checked logic(const Syntax& syntax, Op op);
  Checked comparison(const Syntax& syntax, Op op);
  Checked membership(const Syntax& syntax, Op op);
  Checked knowledge(const Syntax& syntax, Op op);
  Checked has(const Syntax& syntax);
  Checked arithmetic(const Syntax& syntax, Op op);
  Checked call(const Syntax& syntax, Words words);
  Checked label(const Syntax& syntax);
  Checked statistic(const Syntax& syntax);
  Checked date(const Syntax& syntax);
  Checked alike(const Syntax& syntax, Op op, size_t first, Words words);
  Checked aggregate(const Syntax& syntax);

  // The part as that type (an integer becomes a decimal); a mistake when it cannot.
  Checked as(Type type, Checked part, const Syntax& syntax);
  Checked make(const Syntax& syntax, Op op, Type type, std::vector<Checked> parts, int copies = 1);
  std::optional<Expression> compile_inside(const Syntax& syntax, const Scope& scope,
                                           bool may_aggregate, std::optional<Type> expected);
  Checked fail(const Syntax& syntax, std::string what, std::string expected);
  bool takes_words(const Syntax& syntax) const;

  const Environment& environment_;
  Mistake& mistake_;
  std::vector<std::string> deriving_;  // the derived names being resolved, outermost first
  std::vector<std::string> variables_;
  std::vector<std::string> labels_;
  bool uses_today_ = false;
  bool asking_known_ = false;  // the name that is checked next stands before `is known`
  bool failed_ = false;
  int nodes_ = 0;
  int levels_ = 0;
};

}  // namespace linli::expr
