-- What stands is kept at the ends of the first two ten days of a month too, not only at its end.
CREATE TABLE figure_end (code BIGINT PRIMARY KEY, day BIGINT NOT NULL);
INSERT INTO figure_end (code, day)
  SELECT month, month * 100 + CASE month % 100
    WHEN 2 THEN CASE WHEN (month / 100) % 4 = 0 THEN 29 ELSE 28 END
    WHEN 4 THEN 30 WHEN 6 THEN 30 WHEN 9 THEN 30 WHEN 11 THEN 30 ELSE 31 END
  FROM figure_month;
DROP TABLE figure_month;
-- `since` is now the day of the first start, not its month.
UPDATE figure_state SET since = since * 100 + 28 WHERE since BETWEEN 1 AND 999999;
