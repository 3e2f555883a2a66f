-- How often facilities have changed so that reach does: what was made of them holds until the next
-- time.
CREATE TABLE circle_facilities (
  id BIGINT PRIMARY KEY,
  edition BIGINT NOT NULL
);
INSERT INTO circle_facilities (id, edition) VALUES (1, 0);
