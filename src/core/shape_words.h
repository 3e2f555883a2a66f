// What a shape asks for, said to whoever sent something else.
#pragma once

#include <string>

#include "core/shape.h"

namespace linli::shape {

// In English: "a date YYYY-MM-DD", "an integer from 1 to 5".
std::string in_words(const Shape& shape);

}  // namespace linli::shape
