// Uses inside a coroutine.
#include <coroutine>
#include <cstring>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    std::suspend_never yield_value(char*) { return {}; }
    void return_value(char* d) { strcat(d, ""); }  // use: strcat call
    void unhandled_exception() {}
  };
};
struct Awaitable {
  char* d;
  bool await_ready() { return strcpy(d, ""); }     // use: strcpy call
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
Task f(char* d) {
  co_yield strcpy(d, "");                          // use: strcpy call
  co_await Awaitable{strcat(d, "")};               // use: strcat call
  co_return std::strcpy(d, "");                    // use: strcpy call
}
