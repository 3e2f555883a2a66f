// For how many of those who share the places of a service there is room: capacities within reach,
// shared among whom they are in reach of (engine/geo/catchment.h), across the borders of villages.
// Everybody travels by the circle's own mode.
#pragma once

#include "domain/circles/api.h"
#include "domain/circles/store.h"
#include "domain/circles/sweep.h"

namespace linli::circles {

// Members of every group that shares places, by where they live; in one order.
std::vector<store::GroupHome> homes_counted(const pack::Content& content, const Village& village);

// Whether a row of such a group says nothing of room yet.
bool lacks_room(const pack::Content& content, const std::vector<Reach>& rows);

// Where somebody's room can change with what is at, or lives around, a point: twice as far as a
// facility reaches. 0: no service says for whom its places are.
double widest_room_m(Circles& circles, const host::Services& services);

// Computes room where it is marked; false when nowhere is.
bool settle_rooms(Circles& circles, Sweep& sweep, host::Services& services,
                  const std::string& basis, time::Instant now);

}  // namespace linli::circles
