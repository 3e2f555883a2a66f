// Runs a program of the operator.
#pragma once

#include <cstdint>
#include <string>

namespace linli::notices {

// Runs the program without arguments, with `input` as its standard input and no output, and waits
// at most so long, then kills it. Its exit code; -1 when it could not be run, was killed or took
// too long.
int run_command(const std::string& program, const std::string& input, int64_t timeout_ms);

}  // namespace linli::notices
