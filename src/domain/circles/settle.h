// Keeping reach up to date: what a change touches is written down with it, and computed anew soon
// after by a job. What was written down survives whatever happens before the job is done.
#pragma once

#include "domain/circles/api.h"
#include "domain/circles/sweep.h"
#include "host/module.h"

namespace linli::circles {

// The observer.
void observe(Circles& circles, db::Tx& tx, host::Services& services, const host::Change& change);

// Computes some of what is out of date; false when nothing was.
bool settle(Circles& circles, Sweep& sweep, host::Services& services, time::Instant now);

// Villages that have come into being are to be computed too.
void expect_villages(host::Services& services, const Circles& circles);

// The digest of everything but the records, and the days that people grow older by, that reach
// follows from.
std::string basis_of(const host::Services& services, time::Date today);

}  // namespace linli::circles
