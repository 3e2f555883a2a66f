-- Maps remember what is kept of a village until it is computed anew: here stands how often it was.
ALTER TABLE circle_village ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
