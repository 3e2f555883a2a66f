-- Live figures: what stands (figure), what has just changed (figure_delta), and numbers from
-- outside (statistics, reported values). docs/decisions/0042-live-figures.md says how they agree.

-- A counter's value at a place: all that lies there and below (value), and what lies exactly there
-- (own). Millionths. `period` is 0 for what stands now, else yyyymm; `dimension` is '' for the
-- whole, else field=word. `counter` is a generation's id, or the key's number for past stocks.
CREATE TABLE figure (
  counter BIGINT NOT NULL,
  place BIGINT NOT NULL,
  dimension TEXT NOT NULL,
  period BIGINT NOT NULL,
  value BIGINT NOT NULL,
  own BIGINT NOT NULL,
  PRIMARY KEY (counter, place, dimension, period)
);

-- Differences written by the transactions that made them, folded into figure within a second. A
-- row of a counter of places with value 0 says that the place is to be judged again.
CREATE TABLE figure_delta (
  batch BIGINT NOT NULL,
  n BIGINT NOT NULL,
  counter BIGINT NOT NULL,
  place BIGINT NOT NULL,
  dimension TEXT NOT NULL,
  period BIGINT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (batch, n)
);
CREATE INDEX figure_delta_place_idx ON figure_delta (place);

-- The counters that are kept. One that depends on the day has a generation a day; it is read from
-- when all of it has been counted (live).
CREATE TABLE figure_generation (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL,
  as_of BIGINT NOT NULL,
  live BIGINT NOT NULL
);

-- `version` changes with figure_generation; `folds` is the lock of those who fold; `since` is the
-- first month whose end can be recorded;
-- `checked` the day on which all figures were last compared with the records.
CREATE TABLE figure_state (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  folds BIGINT NOT NULL,
  since BIGINT NOT NULL,
  checked BIGINT NOT NULL
);
INSERT INTO figure_state (id, version, folds, since, checked) VALUES (1, 0, 0, 0, 0);

-- Villages whose records must be counted anew because an attribute of the village changed, and how
-- often it has.
CREATE TABLE figure_stale (
  place BIGINT PRIMARY KEY,
  marks BIGINT NOT NULL
);

-- Months whose stocks at their end are kept in figure.
CREATE TABLE figure_month (month BIGINT PRIMARY KEY);

-- A number from outside, by place and year, with its source.
CREATE TABLE statistic_value (
  key TEXT NOT NULL,
  place BIGINT NOT NULL,
  year BIGINT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  source TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (key, place, year)
);
CREATE INDEX statistic_value_place_idx ON statistic_value (place);

-- An indicator's value as reported with evidence, where it is not computed.
CREATE TABLE indicator_value (
  indicator TEXT NOT NULL,
  place BIGINT NOT NULL,
  year BIGINT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  evidence TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (indicator, place, year)
);
