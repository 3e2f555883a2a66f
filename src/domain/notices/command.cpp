#include "domain/notices/command.h"

#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace linli::notices {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// A file and not a pipe: a program that does not read its input cannot hold us up.
File file_with(const std::string& input) {
  File file(std::tmpfile(), &std::fclose);
  if (!file) return file;
  const bool whole = std::fwrite(input.data(), 1, input.size(), file.get()) == input.size();
  if (!whole || std::fflush(file.get()) != 0) return {nullptr, &std::fclose};
  std::rewind(file.get());
  return file;
}

// Waits for the process to end, through a descriptor that polls; false when it takes too long.
bool ends_within(pid_t child, int64_t timeout_ms) {
  const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) return true;
  pollfd waiting{handle, POLLIN, 0};
  const int ready = ::poll(&waiting, 1, static_cast<int>(timeout_ms));
  ::close(handle);
  return ready > 0;
}

}  // namespace

int run_command(const std::string& program, const std::string& input, int64_t timeout_ms) {
  const File file = file_with(input);
  if (!file) return -1;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ::fileno(file.get()), STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  std::string name = program;
  char* const arguments[] = {name.data(), nullptr};
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return -1;
  if (!ends_within(child, timeout_ms)) ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace linli::notices
