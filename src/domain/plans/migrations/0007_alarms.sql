-- An alarm is raised once: kept is for which due day it was, or which light an indicator showed.
CREATE TABLE plan_alarm (
  place BIGINT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (place, subject)
);
