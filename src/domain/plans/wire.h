// How figures look on the wire, and the shapes that say so.
#pragma once

#include "core/json.h"
#include "core/shape.h"
#include "domain/plans/outlook.h"
#include "domain/plans/views.h"

namespace linli::plans {

void write(json::Writer& out, const MeasureView& view);
void write(json::Writer& out, const PlaceView& view, const std::vector<std::string>& keys);
void write(json::Writer& out, const pack::PlanHeader& plan, int64_t indicators);
void write(json::Writer& out, const IndicatorView& view);
// A page of all indicators of a plan at a place.
void write(json::Writer& out, const pack::PlanHeader& plan, Code place, time::Date date,
           const std::vector<IndicatorView>& views);
void write(json::Writer& out, const IndicatorAtPlace& view);
void write(json::Writer& out, const TrendPoint& point);
void write(json::Writer& out, const Outlook& outlook);
void write(json::Writer& out, const RecordsView& view);
void write(json::Writer& out, const StatisticView& view);
// Members of the open object.
void write(json::Writer& out, const ServiceFigures& figures);

shape::Shape measure_shape();
shape::Shape place_value_shape();
shape::Shape plan_shape();
shape::Shape indicator_shape();
shape::Shape indicator_place_shape();
shape::Shape trend_shape();
shape::Shape outlook_shape();
shape::Shape records_shape();
shape::Shape statistic_shape();
shape::Shape service_figures_shape();

}  // namespace linli::plans
