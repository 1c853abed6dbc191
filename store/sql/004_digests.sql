-- What digests tell of: every new article in the order it came, and which of the digests' topics it fulfilled.
-- Numbers, not moments, say what was told already: a clock that is set back can neither hide nor repeat anything.

create table arrivals (
  number integer primary key autoincrement,
  article bigint not null unique,
  story bigint not null,
  at bigint not null
);
create index arrivals_at on arrivals(at);                                   -- sweep()

create table matches (
  subscription bigint not null,
  arrival bigint not null,
  primary key (subscription, arrival)                                       -- pending(), take()
);

alter table digests add column upto bigint not null default 0;
