-- Tellings apart from what they say, each where it is looked for: those of a story side by side, and what is said side
-- by side in time. What older tellings say is read again with their articles; their stories stay.

create table tellings_again (
  story bigint not null,
  moment bigint not null,
  article bigint not null,
  source bigint not null,         -- the article whose text this one repeats; itself where it repeats none
  alike real not null default 0,  -- how like the story's other tellings it is, summed up
  pinned integer not null default 0,                                        -- put here by the owner
  aside integer not null default 0,                                         -- not to be the story's face
  primary key (story, moment, article)                                      -- get(), place()
) without rowid;
insert into tellings_again (story, moment, article, source, alike, pinned)
  select story, moment, article, source, alike, pinned from tellings;
drop table tellings;
alter table tellings_again rename to tellings;
create unique index tellings_of_article on tellings(article);               -- of(), place(), displace()

create table told (
  moment bigint not null,
  article bigint not null,
  story bigint not null,
  source bigint not null,
  telling blob not null,          -- see news.telling.ROW
  runs blob not null,             -- its sketch, numbers of 32 bits
  primary key (moment, article)                                             -- place(), neighbours(): what do they say?
) without rowid;

drop table story_marks;
create table story_marks (
  period integer not null,        -- of 30 days, so that those told lately lie together
  word bigint not null,
  moment bigint not null,
  article bigint not null,
  primary key (period, word, moment, article)                               -- place(), neighbours(): who says the same rare words?
) without rowid;

create table told_counts (
  word integer primary key,
  articles integer not null       -- that say it, copies left out: its rarity; -1 stands for all articles
);
insert into told_counts select word, articles from told_words;
drop table told_words;
create table told_uncounted (
  article integer primary key,
  words blob not null             -- of an article that is not counted yet; many are counted at once
);
