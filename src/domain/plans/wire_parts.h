// What several views write: texts in two languages, numbers that may be missing, who reported.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/shape.h"
#include "domain/plans/types.h"
#include "domain/plans/views.h"
#include "engine/pack/types.h"

namespace linli::plans {

void write(json::Writer& out, const pack::Text& text);
void name(json::Writer& out, const pack::Text& text);  // as member `name`
// A number that somebody gave, with its period and its source.
void write_given(json::Writer& out, const Statistic& given);
void write_given(json::Writer& out, const Report& given);
// A date as a member, null when it is 0.
void write_date(json::Writer& out, std::string_view key, time::Date date);
// Member `goal`: what the place is to reach, by when, from where.
void write_goal(json::Writer& out, const IndicatorView& view);

shape::Shape text_shape();
shape::Field number(std::string field);  // required, may be null
shape::Shape given_shape();
shape::Shape goal_shape();
shape::Shape status_shape();

}  // namespace linli::plans
