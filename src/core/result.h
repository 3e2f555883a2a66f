// Refusals are values, faults are exceptions.
//
// A refusal is an expected no: bad input, no right, not found, already done. It travels in
// Result<T>. A fault (a lost database, a full disk, a broken invariant) is an exception, thrown
// where it is found and caught once, by the worker that runs a request or a job.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace linli {

// The closed list of reasons to refuse, free of any protocol; net/problem.cpp alone maps it.
enum class ErrorKind { invalid, unauthenticated, forbidden, not_found, conflict, too_large, busy };

// One wrong field: where (JSON Pointer), a stable code for the texts, and what would be right.
struct FieldError {
  std::string pointer;
  std::string code;
  std::string expected;
};

// `code` is public and stable (docs/formats/errors.md); `detail` is for the log only.
struct Refusal {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;
  std::string detail;
  std::vector<FieldError> fields;
};

// A value or a refusal. tl::expected lets a dropped result pass silently; this does not.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Refusal> {
 public:
  using tl::expected<T, Refusal>::expected;
};

using Done = Result<void>;

inline tl::unexpected<Refusal> refuse(ErrorKind kind, std::string code, std::string detail = {}) {
  return tl::unexpected<Refusal>(Refusal{kind, std::move(code), std::move(detail), {}});
}

inline tl::unexpected<Refusal> refuse(Refusal refusal) {
  return tl::unexpected<Refusal>(std::move(refusal));
}

inline tl::unexpected<Refusal> refuse_fields(std::vector<FieldError> fields,
                                             std::string code = "input.invalid") {
  return tl::unexpected<Refusal>(
      Refusal{ErrorKind::invalid, std::move(code), {}, std::move(fields)});
}

namespace detail {
[[noreturn]] inline void must_failed(const Refusal& refusal, const char* file, int line) {
  throw std::logic_error(std::string(file) + ":" + std::to_string(line) +
                         ": refused where it must not be: " + refusal.code + " " + refusal.detail);
}
template <class T>
T take(Result<T>&& result) {
  return std::move(*result);
}
inline void take(Done&& result) {
  static_cast<void>(result);
}
}  // namespace detail

}  // namespace linli

// TRY passes a refusal on to the caller; MUST is for a refusal that here would be a bug: a fault.
// Either may stand inside a lambda that is an argument of the other, so each use names its own
// variable.
#define TRY(...) LINLI_TRY_(LINLI_UNIQUE_(try_result_, __COUNTER__), __VA_ARGS__)
#define MUST(...) LINLI_MUST_(LINLI_UNIQUE_(must_result_, __COUNTER__), __VA_ARGS__)
#define LINLI_UNIQUE_(name, number) LINLI_JOIN_(name, number)
#define LINLI_JOIN_(name, number) name##number
#define LINLI_TRY_(result, ...)                                     \
  __extension__({                                                   \
    auto result = (__VA_ARGS__);                                    \
    if (!result) return ::linli::refuse(std::move(result).error()); \
    ::linli::detail::take(std::move(result));                       \
  })
#define LINLI_MUST_(result, ...)                                                   \
  __extension__({                                                                  \
    auto result = (__VA_ARGS__);                                                   \
    if (!result) ::linli::detail::must_failed(result.error(), __FILE__, __LINE__); \
    ::linli::detail::take(std::move(result));                                      \
  })
