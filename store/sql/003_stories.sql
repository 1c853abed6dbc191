-- Stories: which articles tell one event. A story's id is that of the article it began with.

create table stories (
  id integer primary key,
  first bigint not null,
  last bigint not null,
  articles integer not null,
  sources integer not null,       -- independent texts
  lead bigint not null
);
create index stories_latest on stories(last desc, id desc);                 -- latest(), top()

create table tellings (
  article integer primary key,
  story bigint not null,
  source bigint not null,         -- the article whose text this one repeats; itself where it repeats none
  moment bigint not null,
  alike real not null default 0,  -- how like the story's other tellings it is, summed up
  pinned integer not null default 0,                                        -- put here by the owner
  telling blob not null           -- see news.story.Telling
);
create index tellings_of_story on tellings(story, moment, article);         -- get(), place()

create table story_marks (
  word bigint not null,
  moment bigint not null,
  article bigint not null,
  primary key (word, moment, article)                                       -- place(), neighbours(): who says the same rare words?
);
create index story_marks_of on story_marks(article);                        -- displace()

create table told_words (
  word bigint primary key,
  articles integer not null       -- that say it: its rarity
);
