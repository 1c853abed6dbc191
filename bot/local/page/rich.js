// Telegram's text and entities (UTF-16 offsets, as JavaScript's strings have) become DOM nodes. Never innerHTML.

const TAGS = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre' };
const SAFE = /^(https?|mailto|tg):/i;

export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(space, 'use'));
  svg.firstChild.setAttribute('href', '#i-' + name);
  return svg;
}

// A fragment with the text in its faces. `act` is asked to do what a tap on a command, mention or hashtag does.
export function rich(text, entities = [], act = () => {}) {
  const root = document.createDocumentFragment();
  const open = [{ node: root, end: text.length }];
  let at = 0;
  const put = (to) => {
    const node = open.at(-1).node;
    // The line break behind a quotation ends it, as in Telegram's own programs, and is no empty line.
    if (text[at] === '\n' && to > at && node.lastChild?.matches?.('blockquote, pre')) at += 1;
    if (to > at) node.append(text.slice(at, to));
    at = Math.max(at, to);
  };
  const leave = () => { put(open.at(-1).end); open.pop(); };
  for (const entity of [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    while (open.length > 1 && open.at(-1).end <= entity.offset) leave();
    put(entity.offset);
    const end = Math.min(entity.offset + entity.length, open.at(-1).end);
    const made = faced(entity, text.slice(entity.offset, entity.offset + entity.length), act);
    open.at(-1).node.append(made.outer);
    open.push({ node: made.inner, end });
  }
  while (open.length > 1) leave();
  put(text.length);
  return root;
}

function faced(entity, words, act) {
  const one = (node) => ({ outer: node, inner: node });
  switch (entity.type) {
    case 'text_link': return one(anchor(entity.url));
    case 'url': return one(anchor(/^[a-z]+:\/\//i.test(words) ? words : 'http://' + words));
    case 'email': return one(anchor('mailto:' + words));
    case 'blockquote': return one(element('blockquote'));
    case 'expandable_blockquote': return folded();
    case 'spoiler': return one(spoiler());
    case 'date_time': return one(moment(entity));
    case 'pre': return one(element('pre', '', ...(entity.language ? [element('small', '', entity.language)] : [])));
    case 'bot_command': case 'hashtag': case 'mention': return one(tappable(entity.type, words, act));
    default: return one(element(TAGS[entity.type] ?? 'span'));
  }
}

function anchor(address) {
  const link = element('a');
  if (SAFE.test(address)) {
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.title = address;
  }
  return link;
}

function tappable(kind, words, act) {
  if (kind !== 'bot_command') return element('span', 'tag');
  const button = element('button', 'command');
  button.type = 'button';
  button.onclick = () => act(kind, words);
  return button;
}

function spoiler() {
  const cover = element('span', 'spoiler');
  cover.tabIndex = 0;
  cover.setAttribute('role', 'button');
  cover.title = 'Hidden words: tap to read';
  const show = () => cover.classList.add('open');
  cover.onclick = show;
  cover.onkeydown = (event) => { if (event.key === 'Enter') show(); };
  return cover;
}

// A quotation that shows three lines until it is opened. Short ones need no handle: `settle` finds out once it is shown.
function folded() {
  const words = element('div', 'words');
  const handle = element('button', 'handle', 'Show more');
  handle.type = 'button';
  handle.setAttribute('aria-expanded', 'false');
  const quote = element('blockquote', 'folded', words, handle);
  const turn = () => {
    if (quote.classList.contains('short') || String(getSelection())) return;
    const open = quote.classList.toggle('open');
    handle.textContent = open ? 'Show less' : 'Show more';
    handle.setAttribute('aria-expanded', String(open));
  };
  handle.onclick = (event) => { event.stopPropagation(); turn(); };
  quote.onclick = (event) => { if (!event.target.closest('a, button')) turn(); };
  return { outer: quote, inner: words };
}

export function settle(node) {
  for (const quote of node.querySelectorAll('blockquote.folded:not(.open)')) {
    const words = quote.querySelector('.words');
    quote.classList.toggle('short', words.scrollHeight <= words.clientHeight + 2);
  }
}

// A moment in the reader's own zone, as its format asks: r relative, w weekday, d/D date, t/T time; none keeps the words.
function moment({ unix_time: seconds, date_time_format: format = '' }) {
  const at = new Date(seconds * 1000);
  const time = element('time');
  time.dateTime = at.toISOString();
  time.title = at.toLocaleString([], { dateStyle: 'full', timeStyle: 'short' });
  time.dataset.shown = format && said(at, format);
  return time;
}

export function localize(node) {
  for (const time of node.querySelectorAll('time[data-shown]')) {
    if (time.dataset.shown) time.textContent = time.dataset.shown;
  }
}

function said(at, format) {
  if (format === 'r') return ago(at);
  const how = {};
  if (format.includes('w')) how.weekday = 'long';
  if (format.includes('d')) Object.assign(how, { day: '2-digit', month: '2-digit', year: '2-digit' });
  if (format.includes('D')) Object.assign(how, { day: 'numeric', month: 'long', year: 'numeric' });
  if (/t/i.test(format)) Object.assign(how, { hour: '2-digit', minute: '2-digit' });
  if (format.includes('T')) how.second = '2-digit';
  return at.toLocaleString([], how);
}

function ago(at) {
  const units = [['year', 31536000], ['month', 2592000], ['day', 86400], ['hour', 3600], ['minute', 60]];
  const seconds = (at - Date.now()) / 1000;
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return new Intl.RelativeTimeFormat([], { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}
