// Writing: the text field, commands, inline results, replies, edits, files, and the keyboards a bot may put there.

import { element } from './rich.js';
import { gist } from './message.js';
import { tell, upload } from './wire.js';

const $ = (id) => document.getElementById(id);
const WAIT = 300; // milliseconds of quiet before an inline query goes out

// `now` gives { chat, by, thread, bot, named }; `fail(error)` tells the person what went wrong.
export function composer(now, fail) {
  const text = $('text'), form = $('form'), panel = $('panel');
  let replying = null, editing = null, choices = [], chosen = -1, commands = [], query = null, timer = 0, results = {};

  const where = () => {
    const { chat, by, thread } = now();
    return { chat: chat.id, by, thread: thread || undefined };
  };

  function grow() {
    text.style.height = '';
    if (text.scrollHeight) text.style.height = Math.min(text.scrollHeight, innerHeight * 0.35) + 'px'; // 0 while hidden
    $('go').disabled = !text.value.trim();
  }

  function quote(message, edit = false) {
    replying = edit ? null : message;
    editing = edit ? message : null;
    $('quoting').hidden = !message;
    if (message) {
      const [title, line] = $('quoted').children;
      title.textContent = edit ? 'Edit message' : now().named(message.from?.id) || now().chat.title || 'Reply';
      line.textContent = gist(message);
      if (edit) text.value = message.text ?? '';
      text.focus();
    } else if (document.activeElement === $('unquote')) text.focus();
    grow();
  }

  async function send(words) {
    const act = editing ? ['edit', { ...where(), message: editing.message_id, text: words }]
      : ['say', { ...where(), text: words, reply_to: replying?.message_id, language: navigator.language }];
    quote(null);
    shut();
    try {
      await tell(...act);
    } catch (error) {
      text.value ||= words;
      grow();
      fail(error);
    }
  }

  async function files(list) {
    if (!list.length) return;
    const caption = text.value.trim() || undefined;
    text.value = '';
    const fields = { ...where(), reply_to: replying?.message_id, caption };
    quote(null);
    try {
      await upload(list, fields);
    } catch (error) {
      fail(error);
    }
  }

  // The panel: commands that begin with what was typed, or the results of an inline query.
  function offer(rows, label) {
    choices = rows;
    chosen = rows.length ? 0 : -1;
    panel.replaceChildren(...rows.map((row, number) => {
      const node = element('button', 'choice', row.face, element('span', '', element('b', '', row.title), element('small', '', row.note)));
      node.type = 'button';
      node.setAttribute('role', 'option');
      node.onmousedown = (event) => event.preventDefault();
      node.onclick = row.act;
      node.onmousemove = () => mark(number, false);
      return node;
    }));
    panel.setAttribute('role', 'listbox');
    panel.setAttribute('aria-label', label);
    panel.hidden = !rows.length;
    $('commands').setAttribute('aria-expanded', String(!panel.hidden));
    mark(chosen);
  }

  function mark(number, scroll = true) {
    chosen = number;
    [...panel.children].forEach((node, at) => node.setAttribute('aria-selected', String(at === number)));
    if (scroll) panel.children[number]?.scrollIntoView({ block: 'nearest' });
  }

  function shut() {
    clearTimeout(timer); // a query still waiting, or on its way, opens nothing any more
    panel.hidden = true;
    panel.replaceChildren();
    choices = [];
    query = null;
    $('commands').setAttribute('aria-expanded', 'false');
  }

  function listed(start) {
    offer(commands.filter((command) => command.command.startsWith(start)).map((command) => ({
      face: element('span', 'slash', '/'),
      title: '/' + command.command,
      note: command.description,
      act: () => { text.value = ''; grow(); send('/' + command.command); },
    })), 'Commands');
  }

  function typed() {
    grow();
    const words = text.value;
    const asked = words.match(new RegExp(`^@${now().bot.username}\\s+([^]*)$`, 'i'));
    clearTimeout(timer);
    if (asked) timer = setTimeout(() => inline(asked[1]), WAIT);
    else if (/^\/\w*$/.test(words)) listed(words.slice(1).toLowerCase());
    else if (!panel.hidden) shut();
  }

  async function inline(words) {
    const written = text.value;
    try {
      const answer = await tell('inline', { by: now().by, query: words });
      if (text.value !== written) return; // sent or altered meanwhile
      query = { id: answer.query, words };
      if (results[query.id]) found(results[query.id]);
    } catch (error) {
      fail(error);
    }
  }

  // An answer to an inline query; it may come before the page knows the query's id.
  function found(answer) {
    results = { [answer.query]: answer };
    if (query?.id !== answer.query) return;
    const rows = answer.results.map((result) => ({
      face: element('span', 'letter', (result.title ?? '?').slice(0, 1)),
      title: result.title ?? 'Result',
      note: result.description ?? '',
      act: async () => {
        const body = { ...where(), query: answer.query, result: result.id, text: query.words };
        text.value = '';
        grow();
        shut();
        await tell('choose', body).catch(fail);
      },
    }));
    const none = { face: element('span', 'letter', '–'), title: 'Nothing found', note: 'The bot has no result for this.', act: shut };
    const words = query.words;
    offer(rows.length ? rows : [none], 'Results');
    query = { id: answer.query, words };
  }

  // The keyboard of the newest message that brought one: own keys, or an answer field opened for a reply.
  function keys(message) {
    const markup = message?.reply_markup ?? {};
    if (markup.force_reply) quote(message);
    if (!markup.keyboard && !markup.remove_keyboard) return;
    $('keys').hidden = !markup.keyboard;
    $('keys').replaceChildren(...(markup.keyboard ?? []).map((row) => element('div', 'row', ...row.map((key) => {
      const words = key.text ?? key;
      const node = element('button', 'press', words);
      node.type = 'button';
      node.onclick = async () => {
        if (key.request_location) await tell('locate', { ...where(), latitude: 52.52, longitude: 13.4 }).catch(fail);
        else await send(words);
        if (markup.one_time_keyboard) $('keys').hidden = true;
      };
      return node;
    }))));
    text.placeholder = markup.input_field_placeholder || 'Message';
  }

  function step(event) {
    const open = !panel.hidden && choices.length;
    if (event.key === 'Escape' && (open || replying || editing)) {
      event.stopPropagation();
      if (editing) text.value = '';
      if (open) shut(); else quote(null);
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      mark((chosen + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length);
    } else if (open && event.key === 'Tab' && !event.shiftKey && !query) {
      text.value = choices[chosen].title + ' ';
      shut();
    } else if (open && event.key === 'Enter' && !event.shiftKey && chosen >= 0) {
      choices[chosen].act();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      form.requestSubmit();
    } else if (event.key === 'ArrowUp' && !text.value) {
      const last = now().last();
      if (!last) return;
      quote(last, true);
    } else return;
    event.preventDefault();
  }

  text.oninput = typed;
  text.onkeydown = step;
  text.onpaste = (event) => { if (event.clipboardData.files.length) { event.preventDefault(); files(event.clipboardData.files); } };
  form.onsubmit = (event) => {
    event.preventDefault();
    const words = text.value.trim();
    text.value = '';
    grow();
    if (words) send(words);
  };
  $('unquote').onclick = () => { if (editing) text.value = ''; quote(null); };
  $('commands').onclick = () => { if (panel.hidden) listed(''); else shut(); text.focus(); };
  $('attach').onclick = () => $('picker').click();
  $('picker').onchange = () => { files([...$('picker').files]); $('picker').value = ''; };
  const talk = $('talk');
  talk.ondragover = (event) => { event.preventDefault(); talk.classList.add('drop'); };
  talk.ondragleave = (event) => { if (!talk.contains(event.relatedTarget)) talk.classList.remove('drop'); };
  talk.ondrop = (event) => {
    event.preventDefault();
    talk.classList.remove('drop');
    files([...event.dataTransfer.files]);
  };

  return {
    send, quote, found, keys,
    edit: (message) => quote(message, true),
    fill: (words) => { text.value = words; text.focus(); typed(); },
    clear: () => { quote(null); shut(); $('keys').hidden = true; text.placeholder = 'Message'; },
    commands: (list) => { commands = list; $('commands').hidden = !list.length; },
  };
}
