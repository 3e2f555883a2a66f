// The routes of the module, by what they serve.
#pragma once

#include <vector>

#include "core/shape.h"
#include "host/module.h"

namespace linli::registers {

std::vector<host::Route> record_routes();
std::vector<host::Route> label_routes();
std::vector<host::Route> file_routes();

// A record as it is answered.
shape::Shape record_shape();
shape::Shape detail_shape();
// place, q, where and label: what cuts a list and an export.
std::vector<shape::Field> filter_fields();

}  // namespace linli::registers
