// A value or the reason why there is none. Nothing in this project reports failure by a default value.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace gate {

enum class Errc {
  not_found,
  unreadable,
  malformed,
  unsupported_version,
  too_large,
  untrusted,
  wrong_subject,
  stale,
  empty,
  incomplete,
  tool_failed,
  timed_out,
  internal
};

std::string_view name(Errc code);

// Which bytes, and where in them.
struct Origin {
  std::string artifact;  // path as the policy or the user wrote it
  std::string sha256;    // lower-case hex; empty where the bytes could not be read
  std::string at;        // JSON pointer, or line:column; empty means the whole
  auto operator<=>(const Origin&) const = default;
};

struct Error {
  Errc code = Errc::internal;
  std::string what;
  Origin where;
  auto operator<=>(const Error&) const = default;
};

// "untrusted: keys/release.pub:/0: what"
std::string describe(const Error& error);

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  T& value() {
    if (state_.index() != 0) wrong_side("value of a failed Result");
    return std::get<0>(state_);
  }
  const T& value() const { return const_cast<Result*>(this)->value(); }
  const Error& error() const {
    if (state_.index() != 1) wrong_side("error of a successful Result");
    return std::get<1>(state_);
  }

 private:
  // Ends the process: a caller that reads the wrong side must not go on to a verdict.
  [[noreturn]] static void wrong_side(const char* what) {
    std::fprintf(stderr, "gate: internal error: read the %s\n", what);
    std::abort();
  }
  std::variant<T, Error> state_;
};

struct Done {};
using Status = Result<Done>;

}  // namespace gate
