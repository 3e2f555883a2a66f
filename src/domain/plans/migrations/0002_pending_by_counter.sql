-- A reader asks for the differences of some counters below some places.
DROP INDEX figure_delta_place_idx;
CREATE INDEX figure_delta_counter_idx ON figure_delta (counter, place);
