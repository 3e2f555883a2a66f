-- Reach is kept as records of the register circle_reach; here stands what of it is out of date.

-- A change that reach has not followed yet: of who lives in a village (no point), or of what can
-- be reached from around a point.
CREATE TABLE circle_touch (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  PRIMARY KEY (village, id)
);
CREATE INDEX circle_touch_around_idx ON circle_touch (village, id) WHERE lon IS NOT NULL;

-- Villages as they were computed last: the box of their homes (none: nobody is located), and a
-- digest of the definitions, the map and the day that they were computed with ('': never yet).
CREATE TABLE circle_village (
  village BIGINT PRIMARY KEY,
  basis TEXT NOT NULL,
  low_lon DOUBLE PRECISION,
  low_lat DOUBLE PRECISION,
  high_lon DOUBLE PRECISION,
  high_lat DOUBLE PRECISION
);
CREATE INDEX circle_village_basis_idx ON circle_village (basis, village);

-- Where those live who share the places of a service (room_for), and the villages in which it is to
-- be computed anew for how many there is room.
CREATE TABLE circle_home (
  village BIGINT NOT NULL,
  number BIGINT NOT NULL,
  resident_group TEXT NOT NULL,
  urban BIGINT,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  residents BIGINT NOT NULL,
  PRIMARY KEY (village, number)
);
CREATE TABLE circle_room (
  village BIGINT PRIMARY KEY
);
