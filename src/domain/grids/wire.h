// How divisions and drafts look on the wire, and the shapes that say so.
#pragma once

#include "core/shape.h"
#include "domain/grids/api.h"
#include "domain/places/api.h"

namespace linli::grids {

// A division with all that a page shows of it.
struct View {
  Scene scene;
  std::vector<Fault> faults;
  Change change;
  std::map<int32_t, places::Area> outlines;
  std::vector<Member> members;
  std::vector<Step> steps;                       // of a draft
  std::vector<const pack::Standard*> standards;  // of the plans that hold here
};
View view(db::Tx& tx, host::Services& services, Scene scene, time::Date today);

void write(json::Writer& out, const View& view, const pack::Content& content);
void write(json::Writer& out, const Draft& draft);  // a line of a list

shape::Shape division_shape();
shape::Shape draft_shape();

}  // namespace linli::grids
