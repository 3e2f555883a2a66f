-- figure is the largest narrow table, read by ranges of its key
-- (docs/decisions/0091-clustered-tables.md). Days of a split have dimensions of their own now, so
-- that a year's twelve months are read without its 365 days between them.
CREATE TABLE figure_kept (
  counter BIGINT NOT NULL,
  place BIGINT NOT NULL,
  dimension TEXT NOT NULL,
  period BIGINT NOT NULL,
  value BIGINT NOT NULL,
  own BIGINT NOT NULL,
  PRIMARY KEY (counter, place, dimension, period)
) /* clustered */;
INSERT INTO figure_kept
  SELECT counter, place,
         CASE WHEN dimension <> '' AND period > 9999999
               AND counter IN (SELECT id FROM figure_generation)
              THEN 'day ' || dimension ELSE dimension END,
         period, value, own
  FROM figure;
UPDATE figure_delta SET dimension = 'day ' || dimension
  WHERE dimension <> '' AND period > 9999999
    AND counter IN (SELECT id FROM figure_generation);
DROP TABLE figure;
ALTER TABLE figure_kept RENAME TO figure;
